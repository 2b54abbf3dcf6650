-- nodes: ing-2
CREATE TABLE shop.kafka_events (id UUID, user_id Int64, time DateTime64(6, 'UTC'), amount UInt32, properties String) ENGINE = Null COMMENT 'millrace:shop:pipelines/events';
