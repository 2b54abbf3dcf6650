-- nodes: ing-1
CREATE TABLE shop.kafka_events (id UUID) ENGINE = MergeTree ORDER BY id;
CREATE TABLE shop.events_mv (id UUID) ENGINE = MergeTree ORDER BY id;
