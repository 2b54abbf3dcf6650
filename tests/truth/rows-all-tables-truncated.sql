--- before
CREATE TABLE source (id UInt64) ENGINE = Null;
CREATE TABLE target (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id FROM source;

--- rows
INSERT INTO target VALUES (1);

--- change: MR351
TRUNCATE ALL TABLES FROM default LIKE 't%';

--- show
SELECT count() FROM target;

--- harmless: tables of another name
TRUNCATE ALL TABLES FROM default LIKE 'tmp%';

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
