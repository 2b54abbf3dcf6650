--- before
CREATE TABLE source (id UInt64, value Variant(UInt64, String)) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, value Variant(UInt64, String)) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, value FROM source;

--- change: MR304
ALTER TABLE source MODIFY COLUMN value Variant(UInt64, String, Array(String));

--- show
INSERT INTO source VALUES (1, 5);
SELECT count() FROM target;

--- harmless: the target first
ALTER TABLE target MODIFY COLUMN value Variant(UInt64, String, Array(String));
ALTER TABLE source MODIFY COLUMN value Variant(UInt64, String, Array(String));

--- shown
-- without the change:
--   1
-- with the change:
--   error 70
--   0
-- with its harmless twin:
--   1
