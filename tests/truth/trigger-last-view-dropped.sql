--- before
CREATE TABLE incoming (id UInt64, name String) ENGINE = Null;
CREATE TABLE stored (id UInt64, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO stored AS SELECT id, name FROM incoming;

--- change: MR324
DROP VIEW pipe;

--- show
INSERT INTO incoming VALUES (1, 'a');
SELECT count() FROM stored;

--- harmless: a second one, which does the same
CREATE MATERIALIZED VIEW other TO stored AS SELECT id, name FROM incoming;
DROP VIEW pipe;

--- harmless: with all that it fed
DROP VIEW pipe;
DROP TABLE stored;
DROP TABLE incoming;

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
