--- before
CREATE TABLE source (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, hidden UInt8 DEFAULT 0, version UInt32) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, 0 AS hidden, 2 AS version FROM source;

--- change: MR311
ALTER TABLE pipe MODIFY QUERY SELECT id, 0 AS hidden FROM source;

--- show
INSERT INTO source VALUES (1);
SELECT * FROM target;

--- harmless: the constant is the default
ALTER TABLE pipe MODIFY QUERY SELECT id, 2 AS version FROM source;

--- shown
-- without the change:
--   1	0	2
-- with the change:
--   1	0	0
-- with its harmless twin:
--   1	0	2
