--- before
CREATE TABLE source (id UInt64, status String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id FROM source WHERE status != 'deleted';

--- change: MR392
ALTER TABLE source MODIFY COLUMN status Nullable(String);

--- show
INSERT INTO source (id) VALUES (1);
SELECT count() FROM target;

--- harmless: with the value that it had
ALTER TABLE source MODIFY COLUMN status Nullable(String) DEFAULT '';

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
