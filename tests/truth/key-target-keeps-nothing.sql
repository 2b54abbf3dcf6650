--- before
CREATE TABLE source (id UInt64, amount UInt64) ENGINE = Null;
CREATE TABLE target (id UInt64, amount UInt64) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount FROM source;

--- change: MR336
CREATE TABLE target_new (id UInt64, amount UInt64) ENGINE = Null;
EXCHANGE TABLES target AND target_new;

--- show
INSERT INTO source VALUES (1, 5);
SELECT count() FROM target;

--- harmless: with one that keeps rows
CREATE TABLE target_new (id UInt64, amount UInt64) ENGINE = MergeTree ORDER BY id;
EXCHANGE TABLES target AND target_new;

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
