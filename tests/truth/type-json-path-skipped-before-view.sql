--- before
CREATE TABLE source (id UInt64, body JSON) ENGINE = Null;
CREATE TABLE target (id UInt64, amount Nullable(Int64)) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, body.price.amount.:Int64 AS amount FROM source;

--- change: MR393
ALTER TABLE source MODIFY COLUMN body JSON(SKIP price);

--- show
INSERT INTO source FORMAT JSONEachRow {"id": 1, "body": {"price": {"amount": 5}}};
SELECT * FROM target;

--- harmless: a path that nothing reads
ALTER TABLE source MODIFY COLUMN body JSON(SKIP debug);

--- shown
-- without the change:
--   1	5
-- with the change:
--   1	\N
-- with its harmless twin:
--   1	5
