--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

CREATE TABLE board (name String, amount UInt64) ENGINE = MergeTree ORDER BY name;
CREATE MATERIALIZED VIEW boarding REFRESH EVERY 1 YEAR TO board AS SELECT name, sum(amount) AS amount FROM target GROUP BY name;

--- change: MR347
ALTER TABLE pipe MODIFY QUERY SELECT id, amount FROM source;
ALTER TABLE target DROP COLUMN name;

--- show
INSERT INTO source VALUES (1, 7, 'a');
SYSTEM REFRESH VIEW boarding;
SYSTEM WAIT VIEW boarding;
SELECT count() FROM board;

--- harmless: a wider sum
ALTER TABLE target MODIFY COLUMN amount UInt64;

--- shown
-- without the change:
--   1
-- with the change:
--   error 730
--   0
-- with its harmless twin:
--   1
