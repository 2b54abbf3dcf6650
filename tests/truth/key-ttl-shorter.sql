--- before
CREATE TABLE source (id UInt64, at DateTime) ENGINE = MergeTree ORDER BY id TTL at + INTERVAL 90 DAY;

--- change: MR332
ALTER TABLE source MODIFY TTL at + INTERVAL 1 DAY;

--- show
INSERT INTO source SELECT 1, now() - INTERVAL 30 DAY;
OPTIMIZE TABLE source FINAL;
SELECT count() FROM source;

--- harmless: longer
ALTER TABLE source MODIFY TTL at + INTERVAL 180 DAY;
