--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

--- change: MR314
ALTER TABLE source RENAME COLUMN name TO title;

--- show
INSERT INTO source SELECT 1, 7, 'a';
SELECT * FROM target;

--- harmless: a column that nothing reads
ALTER TABLE source ADD COLUMN extra String;
ALTER TABLE source RENAME COLUMN extra TO note;

--- shown
-- without the change:
--   1	7	a
-- with the change:
--   error 47
-- with its harmless twin:
--   error 20
