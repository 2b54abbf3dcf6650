--- before
CREATE TABLE source (id UInt64, tags Array(Nullable(String))) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, tags Array(Nullable(String))) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, tags FROM source;

--- change: MR302
ALTER TABLE target MODIFY COLUMN tags Array(String);

--- show
INSERT INTO source VALUES (1, ['a', NULL]);
SELECT count() FROM target;

--- harmless: a dictionary for the items
ALTER TABLE target MODIFY COLUMN tags Array(LowCardinality(Nullable(String)));

--- shown
-- without the change:
--   1
-- with the change:
--   error 349
--   0
-- with its harmless twin:
--   1
