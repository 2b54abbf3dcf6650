--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

--- change: MR304
ALTER TABLE source MODIFY COLUMN amount Int64;

--- show
INSERT INTO source FORMAT JSONEachRow {"id": 1, "amount": 5000000000, "name": "a"};
SELECT amount FROM target;

--- harmless: target, view, then source
ALTER TABLE target MODIFY COLUMN amount Int64;
ALTER TABLE source MODIFY COLUMN amount Int64;
ALTER TABLE pipe MODIFY QUERY SELECT id, amount, name FROM source;

--- shown
-- without the change:
--   705032704
-- with the change:
--   705032704
-- with its harmless twin:
--   5000000000
