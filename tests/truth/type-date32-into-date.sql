--- before
CREATE TABLE source (id UInt64, born Date32) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, born Date32) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, born FROM source;

--- change: MR301
ALTER TABLE target MODIFY COLUMN born Date;

--- show
INSERT INTO source VALUES (1, '1935-04-05');
SELECT born FROM target;

--- harmless: with a time
ALTER TABLE target MODIFY COLUMN born DateTime64(0);

--- shown
-- without the change:
--   1935-04-05
-- with the change:
--   1970-01-01
-- with its harmless twin:
--   1935-04-05 00:00:00
