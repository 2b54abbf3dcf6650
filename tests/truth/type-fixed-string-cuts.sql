--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

--- change: MR302
ALTER TABLE target MODIFY COLUMN name FixedString(2);

--- show
INSERT INTO source VALUES (1, 7, 'long');
SELECT name FROM target;

--- harmless: a dictionary encoded text
ALTER TABLE target MODIFY COLUMN name LowCardinality(String);

--- shown
-- without the change:
--   long
-- with the change:
--   error 131
-- with its harmless twin:
--   long
