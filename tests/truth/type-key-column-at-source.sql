--- before
CREATE TABLE source (id UInt32) ENGINE = Null;
CREATE TABLE target (id UInt32, n UInt64) ENGINE = SummingMergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, toUInt64(1) AS n FROM source;

--- change: MR301
DROP TABLE pipe;
ALTER TABLE source MODIFY COLUMN id UInt64;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, toUInt64(1) AS n FROM source;

--- show
INSERT INTO source VALUES (5000000000);
SELECT * FROM target;

--- harmless: no ALTER changes a key, a new table does
CREATE TABLE target_wide (id UInt64, n UInt64) ENGINE = SummingMergeTree ORDER BY id;
INSERT INTO target_wide SELECT * FROM target;
EXCHANGE TABLES target AND target_wide;
DROP TABLE target_wide;
DROP TABLE pipe;
ALTER TABLE source MODIFY COLUMN id UInt64;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, toUInt64(1) AS n FROM source;

--- shown
-- without the change:
--   705032704	1
-- with the change:
--   705032704	1
-- with its harmless twin:
--   5000000000	1
