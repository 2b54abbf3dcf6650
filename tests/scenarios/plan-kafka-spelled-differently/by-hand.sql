-- nodes: ing-1
CREATE TABLE shop.kafka_events (id UUID, user_id Int64, time DateTime64(6, 'UTC'), amount UInt32, properties String)
ENGINE = Kafka(msk) SETTINGS kafka_topic_list = 'events', kafka_group_name = 'ch_events', kafka_format = 'JSONEachRow',
kafka_num_consumers = 1, kafka_handle_error_mode = 'stream' COMMENT 'millrace:shop:pipelines/events';
