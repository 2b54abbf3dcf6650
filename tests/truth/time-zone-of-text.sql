--- before
CREATE TABLE queue (id UInt64, at DateTime('UTC')) ENGINE = Kafka('nowhere:9092', 'logs', 'millrace', 'JSONEachRow');
CREATE TABLE target (id UInt64, day Date) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, toDate(at) AS day FROM queue;

--- change: MR307
DROP TABLE queue;
CREATE TABLE queue (id UInt64, at UInt32) ENGINE = Kafka('nowhere:9092', 'logs', 'millrace', 'JSONEachRow');

--- show
INSERT INTO queue FORMAT JSONEachRow {"id": 1, "at": "2026-01-02 03:04:05"};
SELECT day FROM target;

--- harmless: finer times
DROP TABLE queue;
CREATE TABLE queue (id UInt64, at DateTime64(3, 'UTC')) ENGINE = Kafka('nowhere:9092', 'logs', 'millrace', 'JSONEachRow');

--- shown
-- without the change:
--   2026-01-02
-- with the change:
--   error 27
-- with its harmless twin:
--   2026-01-02
