--- before
CREATE TABLE source (id UInt64, amount UInt16) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, total AggregateFunction(sum, UInt16)) ENGINE = AggregatingMergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, sumState(amount) AS total FROM source GROUP BY id;

--- change: MR303
ALTER TABLE pipe MODIFY QUERY SELECT id, countState() AS total FROM source GROUP BY id;

--- show
INSERT INTO source VALUES (1, 5);
SELECT id, sumMerge(total) FROM target GROUP BY id;

--- harmless: the same function of the same type
ALTER TABLE pipe MODIFY QUERY SELECT id, sumState(toUInt16(amount)) AS total FROM source GROUP BY id;

--- shown
-- without the change:
--   1	5
-- with the change:
--   error 70
-- with its harmless twin:
--   1	5
