--- before
CREATE TABLE incoming (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE TABLE imported (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE TABLE stored (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO stored AS SELECT id FROM incoming;
CREATE MATERIALIZED VIEW import TO stored AS SELECT id FROM imported;

--- change: MR325
DROP VIEW import;

--- show
INSERT INTO incoming VALUES (1);
INSERT INTO imported VALUES (2);
SELECT count() FROM stored;

--- harmless: another in its place
CREATE MATERIALIZED VIEW import_v2 TO stored AS SELECT id FROM imported;
DROP VIEW import;

--- shown
-- without the change:
--   2
-- with the change:
--   1
-- with its harmless twin:
--   2
