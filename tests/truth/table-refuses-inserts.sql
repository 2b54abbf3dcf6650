--- before
CREATE TABLE source (id UInt64) ENGINE = Null;
CREATE TABLE target (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id FROM source;

--- change: MR365
ALTER TABLE target MODIFY SETTING parts_to_throw_insert = 2, parts_to_delay_insert = 1;

--- show
SYSTEM STOP MERGES target;
INSERT INTO source VALUES (1);
INSERT INTO source VALUES (2);
INSERT INTO source VALUES (3);
SELECT count() FROM target;

--- harmless: more parts than there ever were
ALTER TABLE target MODIFY SETTING parts_to_throw_insert = 4000;

--- shown
-- without the change:
--   3
-- with the change:
--   error 252
--   2
-- with its harmless twin:
--   3
