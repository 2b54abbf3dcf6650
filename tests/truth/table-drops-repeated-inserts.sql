--- before
CREATE TABLE source (id UInt64) ENGINE = Null;
CREATE TABLE target (id UInt64) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id FROM source;

--- change: MR365
ALTER TABLE target MODIFY SETTING non_replicated_deduplication_window = 100;

--- show
INSERT INTO target VALUES (1);
INSERT INTO target VALUES (1);
SELECT count() FROM target;

--- harmless: settings that only tune
ALTER TABLE target MODIFY SETTING ttl_only_drop_parts = 1, min_bytes_for_wide_part = 0, merge_with_ttl_timeout = 7200;

--- shown
-- without the change:
--   2
-- with the change:
--   1
-- with its harmless twin:
--   2
