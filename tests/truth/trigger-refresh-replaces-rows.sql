--- before
CREATE TABLE source (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE TABLE other (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id FROM source;

--- rows
INSERT INTO target VALUES (1);

--- change: MR327
CREATE MATERIALIZED VIEW backfill REFRESH EVERY 1 YEAR TO target AS SELECT id FROM other;
SYSTEM WAIT VIEW backfill;

--- show
SELECT count() FROM target;

--- harmless: it adds its rows
CREATE MATERIALIZED VIEW backfill REFRESH EVERY 1 YEAR APPEND TO target AS SELECT id FROM other;
SYSTEM WAIT VIEW backfill;

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
