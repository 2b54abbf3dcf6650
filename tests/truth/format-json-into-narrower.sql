--- before
CREATE TABLE queue (id UInt64, level UInt32) ENGINE = Kafka('nowhere:9092', 'logs', 'millrace', 'JSONEachRow');
CREATE TABLE target (id UInt64, level UInt32) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, level FROM queue;

--- change: MR307
DROP TABLE queue;
CREATE TABLE queue (id UInt64, level UInt8) ENGINE = Kafka('nowhere:9092', 'logs', 'millrace', 'JSONEachRow');

--- show
INSERT INTO queue FORMAT JSONEachRow {"id": 1, "level": 300};
SELECT level FROM target;

--- harmless: wider, with its view and target
ALTER TABLE target MODIFY COLUMN level UInt64;
DROP TABLE queue;
CREATE TABLE queue (id UInt64, level UInt64) ENGINE = Kafka('nowhere:9092', 'logs', 'millrace', 'JSONEachRow');
ALTER TABLE pipe MODIFY QUERY SELECT id, level FROM queue;

--- shown
-- without the change:
--   300
-- with the change:
--   44
-- with its harmless twin:
--   300
