--- before
CREATE TABLE source (id UInt64, name String) ENGINE = Null;
CREATE TABLE middle (id UInt64, name Nullable(String)) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW first TO middle AS SELECT id, name FROM source;
CREATE MATERIALIZED VIEW second TO target AS SELECT id, name FROM middle;

--- change: MR302
ALTER TABLE source MODIFY COLUMN name Nullable(String);

--- show
INSERT INTO source VALUES (1, NULL);
SELECT count() FROM target;

--- harmless: the view in between answers for NULL
ALTER TABLE second MODIFY QUERY SELECT id, ifNull(name, '') AS name FROM middle;
ALTER TABLE source MODIFY COLUMN name Nullable(String);

--- shown
-- without the change:
--   1
-- with the change:
--   error 349
--   0
-- with its harmless twin:
--   1
