--- before
CREATE TABLE first (id UInt64) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/first', '{replica}') ORDER BY id;

--- change: MR300
CREATE TABLE second (id UInt64) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/first', '{replica}') ORDER BY id;

--- show
SELECT count() FROM system.tables WHERE name = 'second';

--- harmless: a path of its own
CREATE TABLE second (id UInt64) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/second', '{replica}') ORDER BY id;

--- harmless: the same path anew, once the table is really gone
DROP TABLE first SYNC;
CREATE TABLE first (id UInt64) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/first', '{replica}') ORDER BY id;

--- shown
-- without the change:
--   0
-- with the change:
--   0
-- with its harmless twin:
--   1
