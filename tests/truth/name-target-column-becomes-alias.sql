--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

--- change: MR313
ALTER TABLE target MODIFY COLUMN name String ALIAS toString(id);

--- show
INSERT INTO source VALUES (1, 7, 'a');
SELECT id, name FROM target;

--- harmless: a default
ALTER TABLE target MODIFY COLUMN name String DEFAULT toString(id);

--- shown
-- without the change:
--   1	a
-- with the change:
--   1	1
-- with its harmless twin:
--   1	a
