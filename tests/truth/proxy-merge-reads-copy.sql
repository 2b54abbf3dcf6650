--- before
CREATE TABLE events_2025 (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE TABLE events AS events_2025 ENGINE = Merge(currentDatabase(), '^events_');

--- rows
INSERT INTO events_2025 VALUES (1);

--- change: MR344
CREATE TABLE events_2025_backup AS events_2025;
INSERT INTO events_2025_backup SELECT * FROM events_2025;

--- show
SELECT count() FROM events;

--- harmless: a name that the pattern does not match
CREATE TABLE backup_events_2025 AS events_2025;
INSERT INTO backup_events_2025 SELECT * FROM events_2025;

--- harmless: the table of the next year
CREATE TABLE events_2026 AS events_2025;

--- shown
-- without the change:
--   1
-- with the change:
--   2
-- with its harmless twin:
--   1
