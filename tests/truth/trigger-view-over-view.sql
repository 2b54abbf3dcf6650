--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

CREATE TABLE copies (id UInt64) ENGINE = MergeTree ORDER BY id;

--- change: MR322
CREATE MATERIALIZED VIEW copying TO copies AS SELECT id FROM pipe;

--- show
INSERT INTO source VALUES (1, 7, 'a');
SELECT count() FROM copies;

--- harmless: over its target
CREATE MATERIALIZED VIEW copying TO copies AS SELECT id FROM target;

--- shown
-- without the change:
--   0
-- with the change:
--   0
-- with its harmless twin:
--   1
