--- before
CREATE TABLE source (id UInt64, place Tuple(x Int64, name String)) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, place Tuple(x Int64, name String)) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, place FROM source;

--- change: MR301
ALTER TABLE target MODIFY COLUMN place Tuple(x Int16, name String);

--- show
INSERT INTO source VALUES (1, (70000, 'a'));
SELECT place FROM target;

--- harmless: another table's element
CREATE TABLE other (place Tuple(x Int16, name String)) ENGINE = MergeTree ORDER BY tuple();

--- shown
-- without the change:
--   (70000,'a')
-- with the change:
--   (4464,'a')
-- with its harmless twin:
--   (70000,'a')
