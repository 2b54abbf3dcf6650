--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

CREATE TABLE labels (id UInt64, label String, colour String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE named (id UInt64, label String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW naming TO named AS SELECT s.id AS id, l.label AS label FROM source AS s LEFT JOIN labels AS l ON s.id = l.id;

--- change: MR314
ALTER TABLE labels DROP COLUMN label;

--- show
INSERT INTO source VALUES (1, 7, 'a');
SELECT count() FROM named;

--- harmless: a column that the join does not use
ALTER TABLE labels DROP COLUMN colour;

--- shown
-- without the change:
--   1
-- with the change:
--   error 47
--   0
-- with its harmless twin:
--   1
