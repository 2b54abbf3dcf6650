--- before
CREATE TABLE source (id UInt64, value Dynamic) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, value Dynamic) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, value FROM source;

--- change: MR301 MR305
ALTER TABLE target MODIFY COLUMN value UInt8;

--- show
INSERT INTO source VALUES (1, 300);
SELECT value FROM target;
INSERT INTO source VALUES (2, 'x');

--- harmless: another limit of types
ALTER TABLE target MODIFY COLUMN value Dynamic(max_types = 4);

--- harmless: texts
ALTER TABLE target MODIFY COLUMN value String;

--- shown
-- without the change:
--   300
-- with the change:
--   44
--   error 6
-- with its harmless twin:
--   300
