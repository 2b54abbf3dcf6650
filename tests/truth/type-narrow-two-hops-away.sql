--- before
CREATE TABLE source (id UInt64, amount UInt16) ENGINE = Null;
CREATE TABLE middle (id UInt64, amount UInt64) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32) ENGINE = MergeTree ORDER BY (id, amount);
CREATE MATERIALIZED VIEW first TO middle AS SELECT id, toUInt64(amount) AS amount FROM source;
CREATE MATERIALIZED VIEW second TO target AS SELECT id, amount FROM middle;

--- change: MR301
ALTER TABLE source MODIFY COLUMN amount UInt64;

--- show
INSERT INTO source VALUES (1, 65535);
SELECT amount FROM target;
INSERT INTO source VALUES (2, 5000000000);
SELECT (SELECT amount FROM middle WHERE id = 2) - amount FROM target WHERE id = 2;

--- harmless: no more than comes through
ALTER TABLE source MODIFY COLUMN amount UInt32;

--- shown
-- without the change:
--   65535
--   0
-- with the change:
--   65535
--   4294967296
-- with its harmless twin:
--   65535
--   0
