--- before
CREATE TABLE source (id UInt64, a UInt64, b UInt64) ENGINE = MergeTree ORDER BY id;
CREATE TABLE totals (id UInt64, a UInt64) ENGINE = SummingMergeTree(a) ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO totals AS SELECT id, sum(a) AS a FROM source GROUP BY id;

--- change: MR361
ALTER TABLE totals ADD COLUMN b UInt64;
ALTER TABLE pipe MODIFY QUERY SELECT id, sum(a) AS a, sum(b) AS b FROM source GROUP BY id;

--- show
INSERT INTO source VALUES (1, 1, 10);
INSERT INTO source VALUES (1, 2, 20);
OPTIMIZE TABLE totals FINAL;
SELECT b FROM totals;

--- harmless: a table of its own for the other sum
CREATE TABLE totals_of_b (id UInt64, b UInt64) ENGINE = SummingMergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe_of_b TO totals_of_b AS SELECT id, sum(b) AS b FROM source GROUP BY id;

--- shown
-- without the change:
--   error 47
-- with the change:
--   10
-- with its harmless twin:
--   error 47
