--- before
CREATE TABLE queue (id UInt64, level UInt32) ENGINE = Kafka('nowhere:9092', 'logs', 'millrace', 'JSONEachRow');
CREATE TABLE target (id UInt64, level UInt32) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, level FROM queue;

--- change: MR308
DROP TABLE queue;
CREATE TABLE queue (id UInt64, severity UInt32) ENGINE = Kafka('nowhere:9092', 'logs', 'millrace', 'JSONEachRow');
ALTER TABLE pipe MODIFY QUERY SELECT id, severity AS level FROM queue;

--- show
INSERT INTO queue FORMAT JSONEachRow {"id": 1, "level": 7};
SELECT level FROM target;

--- harmless: renamed in the view
ALTER TABLE target ADD COLUMN severity UInt32;
ALTER TABLE pipe MODIFY QUERY SELECT id, level, level AS severity FROM queue;

--- shown
-- without the change:
--   7
-- with the change:
--   0
-- with its harmless twin:
--   7
