--- before
CREATE TABLE source (id UInt64, bytes UInt32, twice UInt32 DEFAULT bytes) ENGINE = MergeTree ORDER BY id;

--- change: MR306
ALTER TABLE source MODIFY COLUMN bytes UInt64;

--- show
INSERT INTO source (id, bytes) SELECT 1, toUInt64(4294967290) + 10 WHERE toTypeName((SELECT any(bytes) FROM source)) = 'UInt64';
INSERT INTO source (id, bytes) VALUES (2, 5);
SELECT id, bytes, twice FROM source ORDER BY id;

--- harmless: the default's column first
ALTER TABLE source MODIFY COLUMN twice UInt64 DEFAULT bytes;
ALTER TABLE source MODIFY COLUMN bytes UInt64;
