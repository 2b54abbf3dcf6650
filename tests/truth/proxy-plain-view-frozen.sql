--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

CREATE VIEW report AS SELECT name, amount FROM source;

--- change: MR304
DROP VIEW pipe;
DROP TABLE target;
ALTER TABLE source MODIFY COLUMN amount Int64;

--- show
INSERT INTO source SELECT 1, -5, 'a';
SELECT amount FROM report;

--- harmless: made anew
DROP VIEW pipe;
DROP TABLE target;
ALTER TABLE source MODIFY COLUMN amount Int64;
CREATE OR REPLACE VIEW report AS SELECT name, amount FROM source;

--- shown
-- without the change:
--   4294967291
-- with the change:
--   4294967291
-- with its harmless twin:
--   -5
