--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

--- change: MR304
ALTER TABLE source MODIFY COLUMN amount String;

--- show
INSERT INTO source VALUES (1, '7', 'a');
INSERT INTO source VALUES (2, 'seven', 'b');
SELECT id, amount FROM target ORDER BY id;

--- harmless: the view parses with a default
ALTER TABLE pipe MODIFY QUERY SELECT id, toUInt32OrZero(toString(amount)) AS amount, name FROM source;
ALTER TABLE source MODIFY COLUMN amount String;

--- shown
-- without the change:
--   error 6
--   1	7
-- with the change:
--   error 6
--   1	7
-- with its harmless twin:
--   1	7
--   2	0
