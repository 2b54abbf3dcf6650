--- before
CREATE TABLE source (id UInt64, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE source_new (id UInt64, title String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, name FROM source;

--- change: MR314
EXCHANGE TABLES source AND source_new;

--- show
INSERT INTO source VALUES (1, 'a');
SELECT count() FROM target;

--- harmless: a table with the same columns
DROP TABLE source_new;
CREATE TABLE source_new (id UInt64, name String, more UInt8) ENGINE = MergeTree ORDER BY id;
EXCHANGE TABLES source AND source_new;

--- shown
-- without the change:
--   1
-- with the change:
--   error 47
--   0
-- with its harmless twin:
--   error 62
--   0
