--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

--- change: MR301
ALTER TABLE pipe MODIFY QUERY SELECT id, toInt64(amount) * -1 AS amount, name FROM source;

--- show
INSERT INTO source VALUES (1, 5, 'a');
SELECT amount FROM target;

--- harmless: the target is made for it first
ALTER TABLE target MODIFY COLUMN amount Int64;
ALTER TABLE pipe MODIFY QUERY SELECT id, toInt64(amount) * -1 AS amount, name FROM source;

--- harmless: cast on purpose
ALTER TABLE pipe MODIFY QUERY SELECT id, toUInt32(amount % 7) AS amount, name FROM source;

--- shown
-- without the change:
--   5
-- with the change:
--   4294967291
-- with its harmless twin:
--   -5
