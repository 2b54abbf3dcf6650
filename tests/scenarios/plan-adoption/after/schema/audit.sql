-- role: data
CREATE TABLE shop.audit (time DateTime, who String, what String) ENGINE = MergeTree ORDER BY time COMMENT 'who did what';
