--- before
CREATE TABLE queue (id UInt64, at Int64) ENGINE = Kafka('nowhere:9092', 'logs', 'millrace', 'JSONEachRow');
CREATE TABLE target (id UInt64, at DateTime64(3, 'UTC')) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, fromUnixTimestamp64Milli(at, 'UTC') AS at FROM queue;

--- change: MR307
DROP TABLE pipe;
DROP TABLE queue;
CREATE TABLE queue (id UInt64, at DateTime('UTC')) ENGINE = Kafka('nowhere:9092', 'logs', 'millrace', 'JSONEachRow');
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, at FROM queue;

--- show
INSERT INTO queue FORMAT JSONEachRow {"id": 1, "at": 1700000000000};
SELECT at FROM target;

--- harmless: the view says it otherwise
ALTER TABLE pipe MODIFY QUERY SELECT id, toDateTime64(at / 1000, 3, 'UTC') AS at FROM queue;

--- shown
-- without the change:
--   2023-11-14 22:13:20.000
-- with the change:
--   2106-02-07 06:28:15.000
-- with its harmless twin:
--   2023-11-14 22:13:20.000
