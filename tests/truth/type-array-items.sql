--- before
CREATE TABLE source (id UInt64, tags Array(UInt16)) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, tags Array(UInt16)) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, tags FROM source;

--- change: MR301
ALTER TABLE target MODIFY COLUMN tags Array(UInt8);

--- show
INSERT INTO source VALUES (1, [1, 300]);
SELECT tags FROM target;

--- harmless: wider items
ALTER TABLE target MODIFY COLUMN tags Array(UInt32);

--- shown
-- without the change:
--   [1,300]
-- with the change:
--   [1,44]
-- with its harmless twin:
--   [1,300]
