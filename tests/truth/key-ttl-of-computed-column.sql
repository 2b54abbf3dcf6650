--- before
CREATE TABLE stored (id UInt64, at DateTime, ends DateTime MATERIALIZED at + INTERVAL 3650 DAY) ENGINE = MergeTree ORDER BY id TTL ends;

--- change: MR332
ALTER TABLE stored MODIFY COLUMN ends DateTime MATERIALIZED at + INTERVAL 7 DAY;

--- show
INSERT INTO stored VALUES (1, now() - INTERVAL 30 DAY);
OPTIMIZE TABLE stored FINAL;
SELECT count() FROM stored;

--- harmless: longer
ALTER TABLE stored MODIFY COLUMN ends DateTime MATERIALIZED at + INTERVAL 7300 DAY;

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
