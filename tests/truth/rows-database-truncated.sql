--- before
CREATE TABLE source (id UInt64) ENGINE = Null;
CREATE TABLE target (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id FROM source;

--- rows
INSERT INTO target VALUES (1);

--- change: MR350
TRUNCATE DATABASE default;

--- show
SELECT count() FROM target;

--- harmless: another database, which the change makes
CREATE DATABASE scratch;
CREATE TABLE scratch.target (id UInt64) ENGINE = MergeTree ORDER BY id;
TRUNCATE DATABASE scratch;
DROP DATABASE scratch SYNC;

--- shown
-- without the change:
--   1
-- with the change:
--   error 60
-- with its harmless twin:
--   1
