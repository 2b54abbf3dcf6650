--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

--- change: MR304
ALTER TABLE source MODIFY COLUMN amount Int64;

--- show
INSERT INTO source VALUES (1, 70000, 'a');
INSERT INTO source (id, amount) SELECT 2, 4294967290 + 10 WHERE toTypeName((SELECT any(amount) FROM source)) = 'Int64';
SELECT id, amount FROM target ORDER BY id;

--- harmless: target, view, then source
ALTER TABLE target MODIFY COLUMN amount Int64;
ALTER TABLE source MODIFY COLUMN amount Int64;
ALTER TABLE pipe MODIFY QUERY SELECT id, amount, name FROM source;
