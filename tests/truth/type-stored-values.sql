--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

--- rows
INSERT INTO source VALUES (1, 300, 'a');

--- change: MR305
ALTER TABLE source MODIFY COLUMN amount UInt8;

--- show
SELECT amount FROM source;

--- harmless: wider
ALTER TABLE target MODIFY COLUMN amount UInt64;

--- shown
-- without the change:
--   300
-- with the change:
--   44
-- with its harmless twin:
--   300
