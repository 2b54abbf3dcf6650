--- before
CREATE TABLE source (id UInt64, name String) ENGINE = Null;
CREATE TABLE target (id UInt64, name String) ENGINE = MergeTree ORDER BY (id, name);
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, name FROM source WHERE id > 0;

--- change: MR304
ALTER TABLE source MODIFY COLUMN name Nullable(String);

--- show
INSERT INTO source VALUES (1, 'a');
INSERT INTO source SELECT 2, NULL;
SELECT count() FROM target;

--- harmless: the view leaves NULL out
ALTER TABLE pipe MODIFY QUERY SELECT id, name FROM source WHERE id > 0 AND name IS NOT NULL;
ALTER TABLE source MODIFY COLUMN name Nullable(String);

--- harmless: a subquery, and a column without it
ALTER TABLE pipe MODIFY QUERY SELECT id, name FROM (SELECT id, name FROM source) WHERE isNotNull(name) AND length(name) < 100;
ALTER TABLE source MODIFY COLUMN name Nullable(String);

--- shown
-- without the change:
--   2
-- with the change:
--   error 349
--   1
-- with its harmless twin:
--   1
