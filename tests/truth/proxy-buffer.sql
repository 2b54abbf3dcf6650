--- before
CREATE TABLE stored (id UInt64, amount UInt32) ENGINE = MergeTree ORDER BY id;
CREATE TABLE buffered (id UInt64, amount UInt32) ENGINE = Buffer(default, stored, 1, 10, 100, 10000, 1000000, 10000000, 100000000);

--- change: MR343
ALTER TABLE stored RENAME COLUMN amount TO total;

--- show
INSERT INTO buffered VALUES (1, 7);
OPTIMIZE TABLE buffered;
SELECT * FROM stored;

--- harmless: a new column behind
ALTER TABLE stored ADD COLUMN note String;

--- shown
-- without the change:
--   1	7
-- with the change:
--   1	0
-- with its harmless twin:
--   1	7	
