--- before
CREATE TABLE target (id UInt64, title String) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/target', '{replica}') ORDER BY id;
DROP TABLE target;
CREATE TABLE target (id UInt64, name String) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/target', '{replica}') ORDER BY id;
CREATE TABLE source (id UInt64, name String) ENGINE = Null;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, name FROM source;

--- change: MR310
ALTER TABLE target DROP COLUMN name;

--- show
INSERT INTO source VALUES (1, 'a');
SELECT count() FROM system.columns WHERE table = 'target' AND name = 'name';

--- harmless: one more
ALTER TABLE target ADD COLUMN note String;

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
