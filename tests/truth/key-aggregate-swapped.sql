--- before
CREATE TABLE source (day Date, amount UInt64) ENGINE = MergeTree ORDER BY day;
CREATE TABLE target (day Date, amount SimpleAggregateFunction(max, UInt64)) ENGINE = AggregatingMergeTree ORDER BY day;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT day, max(amount) AS amount FROM source GROUP BY day;

--- change: MR333
ALTER TABLE target MODIFY COLUMN amount SimpleAggregateFunction(min, UInt64);

--- show
INSERT INTO source VALUES ('2026-01-02', 7);
INSERT INTO source VALUES ('2026-01-02', 3);
OPTIMIZE TABLE target FINAL;
SELECT amount FROM target;

--- harmless: the same function of a wider type
ALTER TABLE target MODIFY COLUMN amount SimpleAggregateFunction(max, UInt128);

--- shown
-- without the change:
--   7
-- with the change:
--   3
-- with its harmless twin:
--   7
