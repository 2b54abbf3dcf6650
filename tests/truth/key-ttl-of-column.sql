--- before
CREATE TABLE source (id UInt64, at DateTime, email String) ENGINE = MergeTree ORDER BY id;

--- rows
INSERT INTO source SELECT 1, now() - INTERVAL 30 DAY, 'a@b';

--- change: MR332
ALTER TABLE source MODIFY COLUMN email String TTL at + INTERVAL 1 DAY;

--- show
OPTIMIZE TABLE source FINAL;
SELECT email FROM source;

--- harmless: one that is far away
ALTER TABLE source MODIFY COLUMN email String COMMENT 'for a while';

--- shown
-- without the change:
--   a@b
-- with the change:
-- with its harmless twin:
--   a@b
