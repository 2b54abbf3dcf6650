--- before
CREATE TABLE source (id UInt64, amount UInt64) ENGINE = Null;
CREATE TABLE totals (id UInt64, amount UInt64) ENGINE = SummingMergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO totals AS SELECT id, amount FROM source;

--- change: MR361
ALTER TABLE totals ADD COLUMN schema_version UInt8 DEFAULT 1;

--- show
INSERT INTO source VALUES (1, 1);
INSERT INTO source VALUES (1, 1);
OPTIMIZE TABLE totals FINAL;
SELECT schema_version FROM totals;

--- harmless: a text
ALTER TABLE totals ADD COLUMN loaded_by LowCardinality(String) DEFAULT 'pipe';

--- harmless: a type that is not summed
ALTER TABLE totals ADD COLUMN schema_version SimpleAggregateFunction(any, UInt8) DEFAULT 1;

--- harmless: the view counts
ALTER TABLE totals ADD COLUMN rows UInt64;
ALTER TABLE pipe MODIFY QUERY SELECT id, amount, 1 AS rows FROM source;

--- shown
-- without the change:
--   error 47
-- with the change:
--   2
-- with its harmless twin:
--   error 47
