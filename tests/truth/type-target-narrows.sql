--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

--- change: MR301
ALTER TABLE target MODIFY COLUMN amount UInt8;

--- show
INSERT INTO source VALUES (1, 300, 'a');
SELECT amount FROM target;

--- harmless: a wider target
ALTER TABLE target MODIFY COLUMN amount UInt64;

--- harmless: low cardinality
ALTER TABLE target MODIFY COLUMN name LowCardinality(String);

--- harmless: nullable takes all
ALTER TABLE target MODIFY COLUMN amount Nullable(UInt32);

--- shown
-- without the change:
--   300
-- with the change:
--   44
-- with its harmless twin:
--   300
