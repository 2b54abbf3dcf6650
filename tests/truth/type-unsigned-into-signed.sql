--- before
CREATE TABLE source (id UInt64, hash UInt64) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, hash UInt64) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, hash FROM source;

--- change: MR301
ALTER TABLE target MODIFY COLUMN hash Int64;

--- show
INSERT INTO source VALUES (1, 18446744073709551615);
SELECT hash FROM target;

--- harmless: with room for the sign
ALTER TABLE target MODIFY COLUMN hash Int128;

--- shown
-- without the change:
--   18446744073709551615
-- with the change:
--   -1
-- with its harmless twin:
--   18446744073709551615
