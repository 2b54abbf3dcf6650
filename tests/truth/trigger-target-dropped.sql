--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

--- change: MR315
DROP TABLE target;

--- show
INSERT INTO source VALUES (1, 7, 'a');
SELECT count() FROM source;

--- harmless: the view goes first
DROP VIEW pipe;
DROP TABLE target;

--- shown
-- without the change:
--   1
-- with the change:
--   error 60
--   0
-- with its harmless twin:
--   1
