--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

CREATE TABLE source_new (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;

--- change: MR320
RENAME TABLE source TO source_old, source_new TO source;

--- show
INSERT INTO source VALUES (1, 7, 'a');
SELECT count() FROM target;

--- harmless: exchange keeps the view on the name
EXCHANGE TABLES source AND source_new;

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
