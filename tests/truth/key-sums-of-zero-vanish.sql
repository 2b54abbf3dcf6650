--- before
CREATE TABLE source (id UInt64, clicks UInt64, cost UInt64) ENGINE = Null;
CREATE TABLE totals (id UInt64, clicks UInt64, cost UInt64) ENGINE = SummingMergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO totals AS SELECT id, clicks, cost FROM source;

--- change: MR362
ALTER TABLE pipe MODIFY QUERY SELECT id, clicks FROM source;
ALTER TABLE totals DROP COLUMN cost;

--- show
INSERT INTO source VALUES (1, 0, 5);
INSERT INTO source VALUES (1, 0, 6);
OPTIMIZE TABLE totals FINAL;
SELECT count() FROM totals;

--- harmless: a count goes on
ALTER TABLE totals ADD COLUMN rows UInt64;
ALTER TABLE pipe MODIFY QUERY SELECT id, clicks, 1 AS rows FROM source;
ALTER TABLE totals DROP COLUMN cost;

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
