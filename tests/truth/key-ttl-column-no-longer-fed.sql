--- before
CREATE TABLE source (id UInt64, at DateTime) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, at DateTime) ENGINE = MergeTree ORDER BY id TTL at + INTERVAL 90 DAY;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, at FROM source;

--- change: MR310 MR311
ALTER TABLE pipe MODIFY QUERY SELECT id, at AS time FROM source;

--- show
INSERT INTO source SELECT 1, now();
OPTIMIZE TABLE target FINAL;
SELECT count() FROM target;

--- shown
-- without the change:
--   1
-- with the change:
--   0
