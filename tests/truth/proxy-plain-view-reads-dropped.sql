--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

CREATE VIEW report AS SELECT name, sum(amount) AS amount FROM target GROUP BY name;

--- change: MR346
ALTER TABLE pipe MODIFY QUERY SELECT id, amount FROM source;
ALTER TABLE target DROP COLUMN name;

--- show
SELECT count() FROM report;

--- harmless: a column that it does not read
ALTER TABLE target ADD COLUMN note String;
ALTER TABLE target DROP COLUMN note;

--- shown
-- without the change:
--   0
-- with the change:
--   error 47
-- with its harmless twin:
--   0
