--- before
CREATE TABLE source (day Date, amount UInt64) ENGINE = MergeTree ORDER BY day;
CREATE TABLE target (day Date, amount SimpleAggregateFunction(sum, UInt64)) ENGINE = AggregatingMergeTree ORDER BY day;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT day, sum(amount) AS amount FROM source GROUP BY day;

--- change: MR333
ALTER TABLE target MODIFY COLUMN amount UInt64;

--- show
INSERT INTO source VALUES ('2026-01-02', 7);
INSERT INTO source VALUES ('2026-01-02', 3);
OPTIMIZE TABLE target FINAL;
SELECT sum(amount) FROM target;

--- harmless: with a comment
ALTER TABLE target MODIFY COLUMN amount COMMENT 'of the day';

--- shown
-- without the change:
--   10
-- with the change:
--   7
-- with its harmless twin:
--   10
