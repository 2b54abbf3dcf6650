-- nodes: data-1, data-2
CREATE TABLE shop.audit (time DateTime, who String, what String) ENGINE = MergeTree ORDER BY time COMMENT 'who did what';
