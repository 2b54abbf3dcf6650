--- before
CREATE TABLE source (id UInt64, at Date, best UInt64) ENGINE = Null;
CREATE TABLE totals (id UInt64, at Date, best SimpleAggregateFunction(max, UInt64)) ENGINE = AggregatingMergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO totals AS SELECT id, at, best FROM source;

--- change: MR360
CREATE TABLE totals_new (id UInt64, at Date, best SimpleAggregateFunction(max, UInt64)) ENGINE = AggregatingMergeTree PARTITION BY toYYYYMM(at) ORDER BY id;
INSERT INTO totals_new SELECT * FROM totals;
EXCHANGE TABLES totals AND totals_new;

--- show
INSERT INTO source VALUES (1, '2026-01-01', 5);
INSERT INTO source VALUES (1, '2026-02-01', 6);
OPTIMIZE TABLE totals FINAL;
SELECT best FROM totals ORDER BY best;

--- harmless: partitions by the key
CREATE TABLE totals_new (id UInt64, at Date, best SimpleAggregateFunction(max, UInt64)) ENGINE = AggregatingMergeTree PARTITION BY id % 8 ORDER BY id;
INSERT INTO totals_new SELECT * FROM totals;
EXCHANGE TABLES totals AND totals_new;

--- shown
-- without the change:
--   6
-- with the change:
--   5
--   6
-- with its harmless twin:
--   6
