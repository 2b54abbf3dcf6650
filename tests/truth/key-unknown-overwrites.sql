--- before
CREATE TABLE source (id UInt64, email Nullable(String), phone Nullable(String)) ENGINE = Null;
CREATE TABLE profiles (id UInt64, email Nullable(String), phone Nullable(String)) ENGINE = CoalescingMergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO profiles AS SELECT id, email, phone FROM source;

--- change: MR363
ALTER TABLE source MODIFY COLUMN email String DEFAULT '';

--- show
INSERT INTO source (id, email) VALUES (1, 'x@y');
INSERT INTO source (id, phone) VALUES (1, '555');
OPTIMIZE TABLE profiles FINAL;
SELECT email, phone FROM profiles;

--- harmless: a text that says nothing is not known
ALTER TABLE pipe MODIFY QUERY SELECT id, nullIf(email, '') AS email, phone FROM source;

--- harmless: another column that may be unknown
ALTER TABLE source ADD COLUMN age Nullable(UInt8);
ALTER TABLE profiles ADD COLUMN age Nullable(UInt8);
ALTER TABLE pipe MODIFY QUERY SELECT id, email, phone, age FROM source;

--- shown
-- without the change:
--   x@y	555
-- with the change:
--   	555
-- with its harmless twin:
--   x@y	555
