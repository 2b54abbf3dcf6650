--- before
CREATE TABLE source (id UInt64, name String, version UInt64) ENGINE = MergeTree ORDER BY id;
CREATE TABLE latest (id UInt64, name String, version UInt64) ENGINE = ReplacingMergeTree(version) ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO latest AS SELECT id, name, version FROM source;

--- change: MR333
ALTER TABLE pipe MODIFY QUERY SELECT id, name FROM source;

--- show
INSERT INTO source VALUES (1, 'new', 2);
INSERT INTO source VALUES (1, 'old', 1);
OPTIMIZE TABLE latest FINAL;
SELECT name FROM latest;

--- harmless: computed otherwise
ALTER TABLE pipe MODIFY QUERY SELECT id, name, version + 1 AS version FROM source;

--- shown
-- without the change:
--   new
-- with the change:
--   old
-- with its harmless twin:
--   new
