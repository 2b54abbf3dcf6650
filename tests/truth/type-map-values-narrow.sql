--- before
CREATE TABLE source (id UInt64, counts Map(String, UInt32)) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, counts Map(String, UInt32)) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, counts FROM source;

--- change: MR301
ALTER TABLE target MODIFY COLUMN counts Map(String, UInt8);

--- show
INSERT INTO source VALUES (1, {'clicks': 300});
SELECT counts FROM target;

--- harmless: wider values
ALTER TABLE target MODIFY COLUMN counts Map(String, UInt64);

--- shown
-- without the change:
--   {'clicks':300}
-- with the change:
--   {'clicks':44}
-- with its harmless twin:
--   {'clicks':300}
