--- before
CREATE TABLE source (id UInt64, amount UInt64) ENGINE = Null;
CREATE TABLE target (id UInt64, amount SimpleAggregateFunction(sum, UInt64)) ENGINE = SummingMergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount FROM source;

--- change: MR336
CREATE TABLE target_new (id UInt64, amount SimpleAggregateFunction(sum, UInt64)) ENGINE = ReplacingMergeTree ORDER BY id;
INSERT INTO target_new SELECT * FROM target;
EXCHANGE TABLES target AND target_new;

--- show
INSERT INTO source VALUES (1, 5);
INSERT INTO source VALUES (1, 6);
OPTIMIZE TABLE target FINAL;
SELECT amount FROM target;

--- harmless: one that sums as well
CREATE TABLE target_new (id UInt64, amount SimpleAggregateFunction(sum, UInt64)) ENGINE = AggregatingMergeTree ORDER BY id;
INSERT INTO target_new SELECT * FROM target;
EXCHANGE TABLES target AND target_new;

--- shown
-- without the change:
--   11
-- with the change:
--   6
-- with its harmless twin:
--   11
