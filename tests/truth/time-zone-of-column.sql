--- before
CREATE TABLE source (id UInt64, at DateTime('UTC')) ENGINE = MergeTree ORDER BY id;
CREATE TABLE daily (day Date, rows UInt64) ENGINE = SummingMergeTree ORDER BY day;
CREATE MATERIALIZED VIEW pipe TO daily AS SELECT toDate(at) AS day, count() AS rows FROM source GROUP BY day;

--- change: MR307
ALTER TABLE source MODIFY COLUMN at DateTime('Asia/Tokyo');

--- show
INSERT INTO source FORMAT JSONEachRow {"id": 1, "at": "2026-01-02 03:04:05"};
SELECT toUnixTimestamp(at) FROM source;

--- harmless: the same zone by another name
ALTER TABLE source MODIFY COLUMN at DateTime('Etc/UTC');

--- shown
-- without the change:
--   1767323045
-- with the change:
--   1767290645
-- with its harmless twin:
--   1767323045
