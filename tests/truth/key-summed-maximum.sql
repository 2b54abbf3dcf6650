--- before
CREATE TABLE source (id UInt64, amount UInt64, price Float64) ENGINE = MergeTree ORDER BY id;
CREATE TABLE totals (id UInt64, amount UInt64) ENGINE = SummingMergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO totals AS SELECT id, sum(amount) AS amount FROM source GROUP BY id;

--- change: MR361
ALTER TABLE totals ADD COLUMN best Float64;
ALTER TABLE pipe MODIFY QUERY SELECT id, sum(amount) AS amount, max(price) AS best FROM source GROUP BY id;

--- show
INSERT INTO source VALUES (1, 1, 10);
INSERT INTO source VALUES (1, 2, 20);
OPTIMIZE TABLE totals FINAL;
SELECT best FROM totals;

--- harmless: a type that says how it is merged
ALTER TABLE totals ADD COLUMN best SimpleAggregateFunction(max, Float64);
ALTER TABLE pipe MODIFY QUERY SELECT id, sum(amount) AS amount, max(price) AS best FROM source GROUP BY id;

--- harmless: another sum
ALTER TABLE totals ADD COLUMN spent Float64;
ALTER TABLE pipe MODIFY QUERY SELECT id, sum(amount) AS amount, sum(price) AS spent FROM source GROUP BY id;

--- shown
-- without the change:
--   error 47
-- with the change:
--   30
-- with its harmless twin:
--   20
