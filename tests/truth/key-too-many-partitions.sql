--- before
CREATE TABLE source (id UInt64, at Date) ENGINE = Null;
CREATE TABLE target (id UInt64, at Date) ENGINE = MergeTree PARTITION BY toYYYYMM(at) ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, at FROM source;

--- change: MR364
CREATE TABLE target_new (id UInt64, at Date) ENGINE = MergeTree PARTITION BY (toYYYYMM(at), id % 1000) ORDER BY id;
INSERT INTO target_new SELECT * FROM target;
EXCHANGE TABLES target AND target_new;

--- show
INSERT INTO source SELECT number, '2026-01-01' FROM numbers(500);
SELECT count() FROM target;

--- harmless: partitions by day
CREATE TABLE target_new (id UInt64, at Date) ENGINE = MergeTree PARTITION BY at ORDER BY id;
INSERT INTO target_new SELECT * FROM target;
EXCHANGE TABLES target AND target_new;

--- shown
-- without the change:
--   500
-- with the change:
--   error 252
--   0
-- with its harmless twin:
--   500
