--- before
CREATE TABLE source (id UInt64, bytes UInt32, twice UInt32 DEFAULT bytes) ENGINE = MergeTree ORDER BY id;

--- change: MR306
ALTER TABLE source MODIFY COLUMN bytes UInt64;

--- show
INSERT INTO source (id, bytes) FORMAT JSONEachRow {"id": 1, "bytes": 5000000000};
SELECT bytes, twice FROM source;

--- harmless: the default's column first
ALTER TABLE source MODIFY COLUMN twice UInt64 DEFAULT bytes;
ALTER TABLE source MODIFY COLUMN bytes UInt64;

--- shown
-- without the change:
--   705032704	705032704
-- with the change:
--   5000000000	705032704
-- with its harmless twin:
--   5000000000	5000000000
