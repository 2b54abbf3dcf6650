--- before
CREATE TABLE source (id UInt64, at DateTime64(3, 'UTC')) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, at DateTime64(3, 'UTC')) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, at FROM source;

--- change: MR301
ALTER TABLE target MODIFY COLUMN at DateTime('UTC');

--- show
INSERT INTO source VALUES (1, '2026-01-02 03:04:05.678');
SELECT at FROM target;

--- harmless: finer fractions
ALTER TABLE target MODIFY COLUMN at DateTime64(6, 'UTC');

--- shown
-- without the change:
--   2026-01-02 03:04:05.678
-- with the change:
--   2026-01-02 03:04:05
-- with its harmless twin:
--   2026-01-02 03:04:05.678000
