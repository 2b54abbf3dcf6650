--- before
CREATE TABLE queue (id UInt64, level UInt32) ENGINE = Kafka('nowhere:9092', 'logs', 'millrace', 'CSV');
CREATE TABLE target (id UInt64, level UInt32) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, level FROM queue;

--- change: MR308
DROP TABLE queue;
CREATE TABLE queue (level UInt32, id UInt64) ENGINE = Kafka('nowhere:9092', 'logs', 'millrace', 'CSV');

--- show
INSERT INTO queue FORMAT CSV 1,7;
SELECT id, level FROM target;

--- harmless: a column at the end
DROP TABLE queue;
CREATE TABLE queue (id UInt64, level UInt32, note String) ENGINE = Kafka('nowhere:9092', 'logs', 'millrace', 'CSV');

--- shown
-- without the change:
--   1	7
-- with the change:
--   7	1
-- with its harmless twin:
--   error 27
