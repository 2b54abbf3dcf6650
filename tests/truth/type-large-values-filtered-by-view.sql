--- before
CREATE TABLE source (id UInt64, amount UInt16) ENGINE = Null;
CREATE TABLE target (id UInt64, amount UInt16) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount FROM source;

--- change: MR304
ALTER TABLE source MODIFY COLUMN amount UInt64;

--- show
INSERT INTO source SELECT 1, 70000;
SELECT count() FROM target WHERE amount < 65535;

--- harmless: the view leaves large ones out
ALTER TABLE pipe MODIFY QUERY SELECT id, amount FROM source WHERE amount < 65536;
ALTER TABLE source MODIFY COLUMN amount UInt64;

--- shown
-- without the change:
--   1
-- with the change:
--   1
-- with its harmless twin:
--   0
