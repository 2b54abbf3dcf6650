--- before
CREATE TABLE source (id UInt64, amount UInt32) ENGINE = Null;
CREATE TABLE target (id UInt64, amount UInt32) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount FROM source;

--- rows
INSERT INTO target VALUES (1, 5);

--- change: MR350
DROP TABLE target;
CREATE TABLE target (id UInt64, amount UInt32) ENGINE = MergeTree ORDER BY id SETTINGS index_granularity = 4096;

--- show
SELECT count() FROM target;

--- harmless: with a copy
CREATE TABLE target_new (id UInt64, amount UInt32) ENGINE = MergeTree ORDER BY id SETTINGS index_granularity = 4096;
INSERT INTO target_new SELECT * FROM target;
EXCHANGE TABLES target AND target_new;
DROP TABLE target_new;

--- harmless: put aside
CREATE TABLE target_new (id UInt64, amount UInt32) ENGINE = MergeTree ORDER BY id SETTINGS index_granularity = 4096;
EXCHANGE TABLES target AND target_new;
INSERT INTO target SELECT * FROM target_new;

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
