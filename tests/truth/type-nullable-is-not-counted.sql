--- before
CREATE TABLE source (id UInt64, label String, extra Nullable(String)) ENGINE = Null;
CREATE TABLE target (id UInt64, labels UInt64, extra Nullable(String)) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, count(label) AS labels, any(extra) AS extra FROM source GROUP BY id;

--- change: MR393
ALTER TABLE source MODIFY COLUMN label Nullable(String);

--- show
INSERT INTO source (id) VALUES (1);
SELECT labels FROM target;

--- harmless: with the value that it had
ALTER TABLE source MODIFY COLUMN label Nullable(String) DEFAULT '';

--- harmless: the other way round
ALTER TABLE source MODIFY COLUMN extra LowCardinality(Nullable(String));

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
