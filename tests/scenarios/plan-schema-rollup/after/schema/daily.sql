-- role: data
CREATE TABLE shop.daily (day Date, events UInt64) ENGINE = SummingMergeTree ORDER BY day;
CREATE MATERIALIZED VIEW shop.daily_mv TO shop.daily AS SELECT toDate(time) AS day, count() AS events FROM shop.sharded_events GROUP BY day;
