--- before
CREATE TABLE source (id UInt64, amount UInt32) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, total AggregateFunction(sum, UInt32)) ENGINE = AggregatingMergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, sumState(amount) AS total FROM source GROUP BY id;

--- change: MR304
ALTER TABLE source MODIFY COLUMN amount Float64;

--- show
INSERT INTO source SELECT 1, 5;
SELECT id, finalizeAggregation(total) FROM target;

--- harmless: a column that no state is made of
ALTER TABLE source ADD COLUMN note String;

--- shown
-- without the change:
--   1	5
-- with the change:
--   error 70
-- with its harmless twin:
--   error 20
