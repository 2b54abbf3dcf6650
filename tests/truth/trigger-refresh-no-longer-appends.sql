--- before
CREATE TABLE source (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE TABLE history (amount UInt64, name String) ENGINE = MergeTree ORDER BY name;
CREATE MATERIALIZED VIEW pipe REFRESH EVERY 1 YEAR APPEND TO history AS SELECT count() AS amount, 'new' AS name FROM source;

--- rows
SYSTEM WAIT VIEW pipe;
INSERT INTO history VALUES (1, 'old');

--- change: MR327
DROP VIEW pipe;
CREATE MATERIALIZED VIEW pipe REFRESH EVERY 1 YEAR TO history AS SELECT count() AS amount, 'new' AS name FROM source;
SYSTEM WAIT VIEW pipe;

--- show
SELECT countIf(name = 'old') FROM history;

--- harmless: it goes on adding
DROP VIEW pipe;
CREATE MATERIALIZED VIEW pipe REFRESH EVERY 2 YEAR APPEND TO history AS SELECT count() AS amount, 'new' AS name FROM source;
SYSTEM WAIT VIEW pipe;

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
