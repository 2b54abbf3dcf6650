--- before
CREATE TABLE source (id UInt64) ENGINE = Null;
CREATE TABLE target (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id FROM source;

--- rows
INSERT INTO target VALUES (1);

--- change: MR351
TRUNCATE TABLE target;

--- show
SELECT count() FROM target;

--- harmless: of a table that the change makes
CREATE TABLE other (id UInt64) ENGINE = MergeTree ORDER BY id;
INSERT INTO other SELECT * FROM target;
TRUNCATE TABLE other;
DROP TABLE other;

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
