--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

--- change: MR334
CREATE TABLE target_new (id UInt64, amount UInt32, name String) ENGINE = ReplacingMergeTree ORDER BY id;
EXCHANGE TABLES target AND target_new;

--- show
INSERT INTO source VALUES (1, 7, 'a');
INSERT INTO source VALUES (1, 8, 'b');
OPTIMIZE TABLE target FINAL;
SELECT count() FROM target;

--- harmless: with the same
CREATE TABLE target_new (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
EXCHANGE TABLES target AND target_new;

--- shown
-- without the change:
--   2
-- with the change:
--   1
-- with its harmless twin:
--   2
