--- before
CREATE TABLE ev_2025 (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE TABLE ev_2026 (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE TABLE ev (id UInt64) ENGINE = Merge(currentDatabase(), '^ev_');
CREATE VIEW latest AS SELECT id FROM ev WHERE _table = 'ev_2026';

--- rows
INSERT INTO ev_2026 VALUES (1);

--- change: MR344
RENAME TABLE ev_2026 TO ev_2026_v2;

--- show
SELECT count() FROM latest;

--- harmless: the query goes with it
RENAME TABLE ev_2026 TO ev_2026_v2;
CREATE OR REPLACE VIEW latest AS SELECT id FROM ev WHERE _table = 'ev_2026_v2';

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
