--- before
CREATE TABLE source (id UInt64, at DateTime) ENGINE = MergeTree ORDER BY id TTL at + INTERVAL 1 MONTH;

--- rows
INSERT INTO source SELECT 1, now() - INTERVAL 10 DAY;

--- change: MR332
ALTER TABLE source MODIFY TTL at + INTERVAL 200 HOUR;

--- show
OPTIMIZE TABLE source FINAL;
SELECT count() FROM source;

--- harmless: longer than any month, and what only recompresses
ALTER TABLE source MODIFY TTL at + INTERVAL 31 DAY, at + INTERVAL 1 DAY RECOMPRESS CODEC(ZSTD(6));

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
