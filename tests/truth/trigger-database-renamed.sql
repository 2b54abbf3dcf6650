--- before
CREATE DATABASE shop;
CREATE TABLE shop.source (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id FROM shop.source;

--- change: MR314
RENAME DATABASE shop TO store;

--- show
INSERT INTO store.source VALUES (1);
INSERT INTO shop.source VALUES (1);
SELECT count() FROM target;

--- harmless: a database that nothing reads
CREATE DATABASE attic;
RENAME DATABASE attic TO loft;

--- shown
-- without the change:
--   error 81
--   1
-- with the change:
--   error 81
--   0
-- with its harmless twin:
--   error 81
--   1
