--- before
CREATE TABLE source (id UInt64, amount UInt32) ENGINE = Null;
CREATE TABLE target (id UInt64, amount UInt32) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount FROM source;

--- rows
INSERT INTO target VALUES (1, 5);

--- change: MR350
CREATE OR REPLACE TABLE target (id UInt64, amount UInt64) ENGINE = MergeTree ORDER BY id;

--- show
SELECT count() FROM target;

--- harmless: widened in place
ALTER TABLE target MODIFY COLUMN amount UInt64;

--- harmless: by a new table that takes the partitions over
CREATE TABLE target_new AS target;
ALTER TABLE target_new ATTACH PARTITION ALL FROM target;
EXCHANGE TABLES target AND target_new;
DROP TABLE target_new;

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
