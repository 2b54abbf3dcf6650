--- before
CREATE TABLE source (id UInt64, body JSON) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, body JSON) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, body FROM source;

--- change: MR302 MR305
ALTER TABLE target MODIFY COLUMN body JSON(amount UInt8);

--- show
INSERT INTO source FORMAT JSONEachRow {"id": 1, "body": {"amount": 300}};
SELECT body FROM target;

--- harmless: a type that takes every whole number
ALTER TABLE target MODIFY COLUMN body JSON(amount Int64);

--- harmless: fewer paths of their own
ALTER TABLE target MODIFY COLUMN body JSON(max_dynamic_paths = 2);

--- shown
-- without the change:
--   {"amount":300}
-- with the change:
--   error 117
-- with its harmless twin:
--   {"amount":300}
