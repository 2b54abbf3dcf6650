--- before
CREATE TABLE source (id UInt64, amount UInt32) ENGINE = Null;
CREATE TABLE target (id UInt64, amount UInt32) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount FROM source;

--- rows
INSERT INTO target VALUES (1, 5);

--- change: MR352
ALTER TABLE target DROP COLUMN amount;
ALTER TABLE target ADD COLUMN amount UInt64;

--- show
SELECT amount FROM target;

--- harmless: converted in place
ALTER TABLE target MODIFY COLUMN amount UInt64;

--- shown
-- without the change:
--   5
-- with the change:
--   0
-- with its harmless twin:
--   5
