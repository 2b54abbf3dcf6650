--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

--- change: MR310 MR311
ALTER TABLE pipe MODIFY QUERY SELECT id, amount AS amuont, name FROM source;

--- show
INSERT INTO source VALUES (1, 7, 'a');
SELECT * FROM target;

--- harmless: another spelling of the same
ALTER TABLE pipe MODIFY QUERY SELECT id, source.amount AS amount, name FROM source;

--- shown
-- without the change:
--   1	7	a
-- with the change:
--   1	0	a
-- with its harmless twin:
--   1	7	a
