--- before
CREATE TABLE source (id UInt64) ENGINE = Null;
CREATE TABLE target (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id FROM source;

--- rows
INSERT INTO target VALUES (1);

--- change: MR350
CREATE TABLE target_new (id UInt64) ENGINE = MergeTree ORDER BY id;
EXCHANGE TABLES target AND target_new;
DROP TABLE target_new;

--- show
SELECT count() FROM target;

--- harmless: copied after the exchange
CREATE TABLE target_new (id UInt64) ENGINE = MergeTree ORDER BY id;
EXCHANGE TABLES target AND target_new;
INSERT INTO target SELECT * FROM target_new;
DROP TABLE target_new;

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
