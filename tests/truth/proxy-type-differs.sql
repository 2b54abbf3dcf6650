--- before
CREATE TABLE local (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE everywhere (id UInt64, amount UInt32, name String) ENGINE = Distributed(node, default, local, id);

--- change: MR340
ALTER TABLE everywhere MODIFY COLUMN amount UInt64;

--- show
INSERT INTO everywhere VALUES (1, 5000000000, 'a');
SELECT amount FROM local;

--- harmless: both, the table first
ALTER TABLE local MODIFY COLUMN amount UInt64;
ALTER TABLE everywhere MODIFY COLUMN amount UInt64;

--- shown
-- without the change:
--   705032704
-- with the change:
--   705032704
-- with its harmless twin:
--   5000000000
