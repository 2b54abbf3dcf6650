--- before
CREATE TABLE source (id UInt64, amount Nullable(UInt32)) ENGINE = MergeTree ORDER BY id;
CREATE TABLE copies (id UInt64, amount UInt32) ENGINE = MergeTree ORDER BY id;

--- change: MR302
CREATE MATERIALIZED VIEW copying TO copies AS SELECT id, amount FROM source;

--- show
INSERT INTO source VALUES (1, NULL);
SELECT count() FROM copies;

--- harmless: with an answer for NULL
CREATE MATERIALIZED VIEW copying TO copies AS SELECT id, ifNull(amount, 0) AS amount FROM source;

--- shown
-- without the change:
--   0
-- with the change:
--   error 349
--   0
-- with its harmless twin:
--   1
