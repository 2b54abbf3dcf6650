--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

CREATE TABLE more (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;

--- change: MR321
ALTER TABLE pipe MODIFY QUERY SELECT id, amount, name FROM source UNION ALL SELECT id, amount, name FROM more;

--- show
INSERT INTO more VALUES (1, 7, 'a');
INSERT INTO source VALUES (2, 7, 'a');
SELECT count() FROM target;

--- harmless: a view for the other table
CREATE MATERIALIZED VIEW pipe_more TO target AS SELECT id, amount, name FROM more;

--- shown
-- without the change:
--   1
-- with the change:
--   1
-- with its harmless twin:
--   2
