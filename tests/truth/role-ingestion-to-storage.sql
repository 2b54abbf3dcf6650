--- before
-- role: data
CREATE TABLE sharded_events (id UInt64, amount UInt32) ENGINE = MergeTree ORDER BY id;
CREATE TABLE totals (id UInt64, amount UInt64) ENGINE = SummingMergeTree ORDER BY id;
CREATE MATERIALIZED VIEW totals_mv TO totals AS SELECT id, sum(amount) AS amount FROM sharded_events GROUP BY id;
-- role: ingest
CREATE TABLE queue (id UInt64, amount UInt32) ENGINE = Kafka('nowhere:9092', 'events', 'millrace', 'JSONEachRow');
CREATE TABLE writable_events (id UInt64, amount UInt32) ENGINE = Distributed(data, default, sharded_events, id);
CREATE MATERIALIZED VIEW events_mv TO writable_events AS SELECT id, amount FROM queue;

--- change: MR301
-- role: ingest
ALTER TABLE writable_events MODIFY COLUMN amount UInt8;

--- show
-- role: ingest
INSERT INTO queue FORMAT JSONEachRow {"id": 1, "amount": 300};
-- role: data
SELECT amount FROM totals;

--- harmless: storage before ingestion
-- role: data
ALTER TABLE sharded_events ADD COLUMN note String;
-- role: ingest
ALTER TABLE writable_events ADD COLUMN note String;

--- shown
-- without the change:
--   300
-- with the change:
--   44
-- with its harmless twin:
--   300
