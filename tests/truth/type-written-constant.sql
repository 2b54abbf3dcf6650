--- before
CREATE TABLE source (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, kind Enum8('a' = 1, 'b' = 2)) ENGINE = MergeTree ORDER BY id;

--- change: MR300
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, 'c' AS kind FROM source;

--- show
INSERT INTO source VALUES (1);
SELECT kind FROM target;

--- harmless: a constant that the column has
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, 'b' AS kind FROM source;

--- shown
-- without the change:
-- with the change:
-- with its harmless twin:
--   b
