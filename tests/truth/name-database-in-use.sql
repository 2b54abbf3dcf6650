--- before
CREATE DATABASE app;
USE app;
CREATE TABLE source (id UInt64, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, name FROM source;

--- change: MR310
USE app;
ALTER TABLE target DROP COLUMN name;

--- show
INSERT INTO app.source VALUES (1, 'a');
SELECT count() FROM system.columns WHERE database = 'app' AND table = 'target' AND name = 'name';

--- harmless: of another database
CREATE DATABASE other;
USE other;
CREATE TABLE target (id UInt64, name String) ENGINE = MergeTree ORDER BY id;
ALTER TABLE target DROP COLUMN name;

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
