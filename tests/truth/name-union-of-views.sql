--- before
CREATE TABLE source (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount, name FROM source;

CREATE TABLE other (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW second TO target AS SELECT id, amount, name FROM other;

--- change: MR310
ALTER TABLE target RENAME COLUMN amount TO total;

--- show
INSERT INTO other VALUES (1, 7, 'a');
SELECT * FROM target;

--- shown
-- without the change:
--   1	7	a
-- with the change:
--   1	0	a
