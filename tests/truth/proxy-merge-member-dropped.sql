--- before
CREATE TABLE log_a (id UInt64, text String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE source (id UInt64, text String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE log_b (id UInt64, text String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO log_b AS SELECT id, text FROM source;
CREATE TABLE logs (id UInt64, text String) ENGINE = Merge(default, '^log_');

--- change: MR315
DROP TABLE log_b;

--- show
INSERT INTO source VALUES (2, 'b');
SELECT count() FROM logs;

--- harmless: the view first
DROP VIEW pipe;
DROP TABLE source;
DROP TABLE log_b;

--- shown
-- without the change:
--   1
-- with the change:
--   error 60
--   0
-- with its harmless twin:
--   error 60
--   0
