--- before
CREATE TABLE source (id UInt64, kind Enum8('open' = 1)) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, kind Enum8('open' = 1)) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, kind FROM source;

--- change: MR304
ALTER TABLE source MODIFY COLUMN kind Enum8('open' = 1, 'shut' = 2);

--- show
INSERT INTO source VALUES (1, 'open');
INSERT INTO source VALUES (2, 'shut');
SELECT id, kind FROM target ORDER BY id;

--- harmless: the target knows it first
ALTER TABLE target MODIFY COLUMN kind Enum8('open' = 1, 'shut' = 2);
ALTER TABLE source MODIFY COLUMN kind Enum8('open' = 1, 'shut' = 2);
ALTER TABLE pipe MODIFY QUERY SELECT id, kind FROM source;

--- shown
-- without the change:
--   error 691
--   1	open
-- with the change:
--   error 691
-- with its harmless twin:
--   1	open
--   2	shut
