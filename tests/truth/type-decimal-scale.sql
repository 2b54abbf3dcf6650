--- before
CREATE TABLE source (id UInt64, price Decimal(18, 6)) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, price Decimal(18, 6)) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, price FROM source;

--- change: MR301
ALTER TABLE target MODIFY COLUMN price Decimal(18, 2);

--- show
INSERT INTO source VALUES (1, 1.239);
SELECT price FROM target;

--- harmless: more digits, same scale
ALTER TABLE target MODIFY COLUMN price Decimal(38, 6);

--- shown
-- without the change:
--   1.239
-- with the change:
--   1.23
-- with its harmless twin:
--   1.239
