--- before
CREATE TABLE source (at DateTime, user UInt64, amount UInt64) ENGINE = MergeTree ORDER BY at;
CREATE TABLE hourly (hour DateTime, users AggregateFunction(uniq, UInt64)) ENGINE = AggregatingMergeTree ORDER BY toDate(hour);
CREATE MATERIALIZED VIEW pipe TO hourly AS SELECT toStartOfDay(at) AS hour, uniqState(user) AS users FROM source GROUP BY hour;

--- change: MR330
ALTER TABLE hourly ADD COLUMN minute DateTime;
ALTER TABLE pipe MODIFY QUERY SELECT toStartOfDay(at) AS hour, toStartOfMinute(at) AS minute, uniqState(user) AS users FROM source GROUP BY hour, minute;

--- show
INSERT INTO source VALUES ('2026-01-02 03:04:05', 1, 1), ('2026-01-02 04:05:06', 2, 1);
OPTIMIZE TABLE hourly FINAL;
SELECT uniqExact(minute), sum(finalizeAggregation(users)) FROM hourly;

--- harmless: in the key
ALTER TABLE hourly ADD COLUMN minute DateTime, MODIFY ORDER BY (toDate(hour), minute);
ALTER TABLE pipe MODIFY QUERY SELECT toStartOfDay(at) AS hour, toStartOfMinute(at) AS minute, uniqState(user) AS users FROM source GROUP BY hour, minute;

--- harmless: one more state
ALTER TABLE hourly ADD COLUMN amount SimpleAggregateFunction(sum, UInt64);
ALTER TABLE pipe MODIFY QUERY SELECT toStartOfDay(at) AS hour, uniqState(user) AS users, sum(amount) AS amount FROM source GROUP BY hour;

--- shown
-- without the change:
--   error 47
-- with the change:
--   1	2
-- with its harmless twin:
--   2	2
