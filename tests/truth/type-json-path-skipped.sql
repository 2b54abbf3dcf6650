--- before
CREATE TABLE source (id UInt64, body JSON) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, body JSON) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, body FROM source;

--- rows
INSERT INTO source FORMAT JSONEachRow {"id": 1, "body": {"debug": {"trace": "x"}, "amount": 5}};

--- change: MR301 MR305
ALTER TABLE target MODIFY COLUMN body JSON(SKIP REGEXP '^debug\\..*');

--- show
SELECT body FROM target ORDER BY id;
INSERT INTO source FORMAT JSONEachRow {"id": 2, "body": {"debug": {"trace": "y"}, "amount": 6}};
SELECT body FROM target ORDER BY id;

--- harmless: a typed path
ALTER TABLE target MODIFY COLUMN body JSON(debug.trace String);

--- shown
-- without the change:
--   {"amount":5,"debug":{"trace":"x"}}
--   {"amount":5,"debug":{"trace":"x"}}
--   {"amount":6,"debug":{"trace":"y"}}
-- with the change:
--   {"amount":5}
--   {"amount":5}
--   {"amount":6}
-- with its harmless twin:
--   {"amount":5,"debug":{"trace":"x"}}
--   {"amount":5,"debug":{"trace":"x"}}
--   {"amount":6,"debug":{"trace":"y"}}
