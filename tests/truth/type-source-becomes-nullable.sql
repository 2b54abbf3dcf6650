--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

--- change: MR304
ALTER TABLE source MODIFY COLUMN amount Nullable(UInt32);

--- show
INSERT INTO source (id, amount, name) VALUES (1, 7, 'a');
INSERT INTO source SELECT 2, NULL, 'b';
SELECT id, amount FROM target ORDER BY id;

--- harmless: the view answers for NULL
ALTER TABLE pipe MODIFY QUERY SELECT id, assumeNotNull(ifNull(amount, 0))::UInt32 AS amount, name FROM source;
ALTER TABLE source MODIFY COLUMN amount Nullable(UInt32);

--- shown
-- without the change:
--   1	7
--   2	0
-- with the change:
--   error 349
--   1	7
-- with its harmless twin:
--   1	7
--   2	0
