--- before
CREATE TABLE source (id UInt64, amount Float64) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount Float64) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount FROM source;

--- change: MR301
ALTER TABLE target MODIFY COLUMN amount Float32;

--- show
INSERT INTO source VALUES (1, 16777217);
SELECT toUInt64(amount) FROM target;

--- harmless: may be missing
ALTER TABLE target MODIFY COLUMN amount Nullable(Float64);

--- shown
-- without the change:
--   16777217
-- with the change:
--   16777216
-- with its harmless twin:
--   16777217
