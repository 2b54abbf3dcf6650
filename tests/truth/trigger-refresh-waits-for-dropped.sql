--- before
CREATE TABLE first_kept (at DateTime) ENGINE = MergeTree ORDER BY at;
CREATE TABLE second_kept (at DateTime) ENGINE = MergeTree ORDER BY at;
CREATE MATERIALIZED VIEW first REFRESH EVERY 1 SECOND APPEND TO first_kept AS SELECT now() AS at;
CREATE MATERIALIZED VIEW second REFRESH EVERY 1 SECOND DEPENDS ON first APPEND TO second_kept AS SELECT now() AS at;

--- change: MR347
DROP VIEW first SYNC;

--- show
SELECT sleep(0.5) FORMAT Null;
TRUNCATE TABLE second_kept SYNC;
SELECT sleep(3) FORMAT Null;
SELECT count() > 0 FROM second_kept;

--- harmless: the other one waits for nothing any more
ALTER TABLE second MODIFY REFRESH EVERY 1 SECOND APPEND;
DROP VIEW first SYNC;

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
