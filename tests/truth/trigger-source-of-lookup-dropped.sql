--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

CREATE TABLE allowed (name String) ENGINE = MergeTree ORDER BY name;
CREATE TABLE picked (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW picking TO picked AS SELECT id FROM source WHERE name IN (SELECT name FROM allowed);

--- change: MR314
RENAME TABLE allowed TO permitted;

--- show
INSERT INTO source VALUES (1, 7, 'a');
SELECT count() FROM picked;

--- harmless: an unrelated rename
CREATE TABLE spare (x UInt8) ENGINE = Memory;
RENAME TABLE spare TO spared;

--- shown
-- without the change:
--   0
-- with the change:
--   error 60
--   0
-- with its harmless twin:
--   0
