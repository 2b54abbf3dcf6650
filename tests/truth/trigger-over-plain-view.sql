--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

CREATE VIEW cheap AS SELECT * FROM source WHERE amount < 10;
CREATE TABLE bargains (id UInt64) ENGINE = MergeTree ORDER BY id;

--- change: MR322
CREATE MATERIALIZED VIEW hunting TO bargains AS SELECT id FROM cheap;

--- show
INSERT INTO source VALUES (1, 7, 'a');
SELECT count() FROM bargains;

--- harmless: over the table itself
CREATE MATERIALIZED VIEW hunting TO bargains AS SELECT id FROM source WHERE amount < 10;

--- shown
-- without the change:
--   0
-- with the change:
--   0
-- with its harmless twin:
--   1
