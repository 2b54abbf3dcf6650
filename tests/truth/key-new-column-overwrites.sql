--- before
CREATE TABLE source (id UInt64, name Nullable(String), age Nullable(UInt8)) ENGINE = Null;
CREATE TABLE profiles (id UInt64, name Nullable(String)) ENGINE = CoalescingMergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO profiles AS SELECT id, name FROM source;

--- change: MR363
ALTER TABLE profiles ADD COLUMN age UInt8;
ALTER TABLE pipe MODIFY QUERY SELECT id, name, ifNull(age, 0) AS age FROM source;

--- show
INSERT INTO source VALUES (1, 'x', 30);
INSERT INTO source VALUES (1, 'y', NULL);
OPTIMIZE TABLE profiles FINAL;
SELECT age FROM profiles;

--- harmless: NULL stays NULL
ALTER TABLE profiles ADD COLUMN age Nullable(UInt8);
ALTER TABLE pipe MODIFY QUERY SELECT id, name, age FROM source;

--- shown
-- without the change:
--   error 47
-- with the change:
--   0
-- with its harmless twin:
--   30
