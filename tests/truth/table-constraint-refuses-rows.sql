--- before
CREATE TABLE source (id UInt64, amount Int64) ENGINE = Null;
CREATE TABLE target (id UInt64, amount Int64) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount FROM source;

--- change: MR390
ALTER TABLE target ADD CONSTRAINT positive CHECK amount > 0;

--- show
INSERT INTO source VALUES (1, -5);
SELECT count() FROM target;

--- harmless: the view filters first
ALTER TABLE pipe MODIFY QUERY SELECT id, amount FROM source WHERE amount > 0;
ALTER TABLE target ADD CONSTRAINT positive CHECK amount > 0;

--- harmless: nothing is enforced
ALTER TABLE target ADD CONSTRAINT positive ASSUME amount > 0;

--- shown
-- without the change:
--   1
-- with the change:
--   error 469
--   0
-- with its harmless twin:
--   0
