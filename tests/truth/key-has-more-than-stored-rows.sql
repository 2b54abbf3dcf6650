--- before
CREATE TABLE source (id UInt64, name String, version UInt64, region String) ENGINE = Null;
CREATE TABLE latest (id UInt64, name String, version UInt64) ENGINE = ReplacingMergeTree(version) ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO latest AS SELECT id, name, version FROM source;

--- rows
INSERT INTO source VALUES (1, 'old', 1, 'eu');

--- change: MR360
ALTER TABLE latest ADD COLUMN region String, MODIFY ORDER BY (id, region);
ALTER TABLE pipe MODIFY QUERY SELECT id, name, version, region FROM source;

--- show
INSERT INTO source VALUES (1, 'new', 2, 'eu');
SELECT name FROM latest FINAL ORDER BY version;

--- harmless: the column beside the key
ALTER TABLE latest ADD COLUMN region String;
ALTER TABLE pipe MODIFY QUERY SELECT id, name, version, region FROM source;

--- harmless: a column of the key that nothing feeds, and that is the same in every row
ALTER TABLE latest ADD COLUMN region String, MODIFY ORDER BY (id, region);

--- shown
-- without the change:
--   new
-- with the change:
--   old
--   new
-- with its harmless twin:
--   new
