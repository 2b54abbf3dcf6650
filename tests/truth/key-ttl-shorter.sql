--- before
CREATE TABLE source (id UInt64, at DateTime) ENGINE = MergeTree ORDER BY id TTL at + INTERVAL 90 DAY;

--- rows
INSERT INTO source SELECT 1, now() - INTERVAL 30 DAY;

--- change: MR332
ALTER TABLE source MODIFY TTL at + INTERVAL 1 DAY;

--- show
OPTIMIZE TABLE source FINAL;
SELECT count() FROM source;

--- harmless: longer
ALTER TABLE source MODIFY TTL at + INTERVAL 180 DAY;

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
