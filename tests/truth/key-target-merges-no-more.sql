--- before
CREATE TABLE source (id UInt64, amount UInt64) ENGINE = Null;
CREATE TABLE target (id UInt64, amount SimpleAggregateFunction(max, UInt64)) ENGINE = AggregatingMergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, max(amount) AS amount FROM source GROUP BY id;

--- change: MR336
CREATE TABLE target_new (id UInt64, amount SimpleAggregateFunction(max, UInt64)) ENGINE = MergeTree ORDER BY id;
INSERT INTO target_new SELECT * FROM target;
EXCHANGE TABLES target AND target_new;
DROP TABLE target_new;

--- show
INSERT INTO source VALUES (1, 5);
INSERT INTO source VALUES (1, 6);
OPTIMIZE TABLE target FINAL;
SELECT count() FROM target;

--- harmless: beside it, with a view of its own
CREATE TABLE raw (id UInt64, amount UInt64) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW raw_pipe TO raw AS SELECT id, amount FROM source;

--- shown
-- without the change:
--   1
-- with the change:
--   2
-- with its harmless twin:
--   1
