--- before
CREATE TABLE source (id UInt64, ratio Float64) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, ratio Float64) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, ratio FROM source;

--- change: MR301
ALTER TABLE target MODIFY COLUMN ratio Int32;

--- show
INSERT INTO source VALUES (1, 1.75);
SELECT ratio FROM target;

--- harmless: nullable
ALTER TABLE target MODIFY COLUMN ratio Nullable(Float64);

--- shown
-- without the change:
--   1.75
-- with the change:
--   1
-- with its harmless twin:
--   1.75
