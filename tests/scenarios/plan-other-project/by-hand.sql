-- nodes: data-2
CREATE TABLE shop.sharded_events (id UUID) ENGINE = MergeTree ORDER BY id COMMENT 'millrace:billing:pipelines/events';
