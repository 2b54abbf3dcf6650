--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

--- change: MR301
ALTER TABLE target MODIFY COLUMN name Nullable(UUID);

--- show
INSERT INTO source VALUES (1, 7, 'not a uuid');
SELECT name FROM target;

--- shown
-- without the change:
--   not a uuid
-- with the change:
--   \N
