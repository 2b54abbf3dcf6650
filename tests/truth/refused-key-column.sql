--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

--- change: MR300
ALTER TABLE source DROP COLUMN id;

--- show
SELECT count() FROM system.columns WHERE table = 'source' AND name = 'id' AND database = 'default';

--- harmless: an unused column
ALTER TABLE source ADD COLUMN extra String;
ALTER TABLE source DROP COLUMN extra;

--- shown
-- without the change:
--   1
-- with the change:
--   1
-- with its harmless twin:
--   1
