--- before
CREATE TABLE incoming (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE TABLE imported (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE TABLE stored (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO stored AS SELECT id FROM incoming;
CREATE MATERIALIZED VIEW import TO stored AS SELECT id FROM imported;

--- change: MR325
DETACH TABLE import PERMANENTLY;

--- show
INSERT INTO imported VALUES (2);
SELECT count() FROM stored;

--- harmless: under another name
RENAME TABLE import TO import_v2;

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
