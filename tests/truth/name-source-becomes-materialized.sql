--- before
CREATE TABLE source (id UInt64, name String, shown String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, shown String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, shown FROM source;

--- change: MR313
ALTER TABLE source MODIFY COLUMN shown String MATERIALIZED upper(name);

--- show
INSERT INTO source FORMAT JSONEachRow {"id": 1, "name": "a", "shown": "as sent"};
SELECT shown FROM target;

--- harmless: only where nothing is sent
ALTER TABLE source MODIFY COLUMN shown String DEFAULT upper(name);

--- shown
-- without the change:
--   as sent
-- with the change:
--   A
-- with its harmless twin:
--   as sent
