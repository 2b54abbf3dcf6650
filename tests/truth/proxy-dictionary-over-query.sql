--- before
CREATE TABLE places (id UInt64, since DateTime('UTC')) ENGINE = MergeTree ORDER BY id;
CREATE DICTIONARY labels (id UInt64, label String) PRIMARY KEY id
SOURCE(CLICKHOUSE(QUERY 'SELECT id, toString(since) AS label FROM default.places')) LAYOUT(HASHED()) LIFETIME(0);
CREATE TABLE source (id UInt64) ENGINE = Null;
CREATE TABLE target (id UInt64, label String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, dictGet('default.labels', 'label', id) AS label FROM source;

--- rows
INSERT INTO places VALUES (1, '2026-01-01 00:00:00');

--- change: MR393
ALTER TABLE places MODIFY COLUMN since DateTime64(3, 'UTC');

--- show
INSERT INTO source VALUES (1);
SELECT label FROM target;

--- harmless: a column that the query does not read
ALTER TABLE places ADD COLUMN until DateTime64(3, 'UTC');

--- shown
-- without the change:
--   2026-01-01 00:00:00
-- with the change:
--   2026-01-01 00:00:00.000
-- with its harmless twin:
--   2026-01-01 00:00:00
