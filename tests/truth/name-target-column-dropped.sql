--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

--- change: MR310
ALTER TABLE target DROP COLUMN name;

--- show
INSERT INTO source VALUES (1, 7, 'a');
SELECT * FROM target;

--- harmless: the view lets go first
ALTER TABLE pipe MODIFY QUERY SELECT id, amount FROM source;
ALTER TABLE target DROP COLUMN name;

--- shown
-- without the change:
--   1	7	a
-- with the change:
--   1	7
-- with its harmless twin:
--   1	7
