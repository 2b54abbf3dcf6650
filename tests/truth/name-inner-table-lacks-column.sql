--- before
CREATE TABLE source (id UInt64, name String, country String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW counts ENGINE = MergeTree ORDER BY id AS SELECT id, name FROM source;

--- change: MR300
ALTER TABLE counts MODIFY QUERY SELECT id, name, country FROM source;

--- show
INSERT INTO source VALUES (1, 'a', 'IS');
SELECT * FROM counts;

--- harmless: the same columns
ALTER TABLE counts MODIFY QUERY SELECT id, upper(name) AS name FROM source;

--- shown
-- without the change:
--   1	a
-- with the change:
--   1	a
-- with its harmless twin:
--   1	A
