--- before
CREATE TABLE stored (id UInt64, month UInt32) ENGINE = MergeTree PARTITION BY month ORDER BY id;

--- rows
INSERT INTO stored VALUES (1, 202601), (2, 202602);

--- change: MR351
ALTER TABLE stored DROP PARTITION 202601;
ALTER TABLE stored DELETE WHERE id = 2;

--- show
SELECT count() FROM stored;

--- harmless: kept elsewhere first
CREATE TABLE archive AS stored;
INSERT INTO archive SELECT * FROM stored;
ALTER TABLE stored ADD COLUMN note String;

--- shown
-- without the change:
--   2
-- with the change:
--   0
-- with its harmless twin:
--   2
