-- role: data
CREATE MATERIALIZED VIEW shop.daily_mv ENGINE = SummingMergeTree ORDER BY day AS SELECT toDate(time) AS day, count() AS events FROM shop.sharded_events GROUP BY day;
