--- before
CREATE TABLE source (id UInt64, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, name String, region String DEFAULT 'eu') ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT * FROM source;

--- change: MR312
ALTER TABLE source ADD COLUMN region String;

--- show
INSERT INTO source (id, name) VALUES (1, 'a');
SELECT * FROM target;

--- harmless: a column that the target has not
ALTER TABLE source ADD COLUMN shoe_size UInt8;

--- shown
-- without the change:
--   1	a	eu
-- with the change:
--   1	a	
-- with its harmless twin:
--   1	a	eu
