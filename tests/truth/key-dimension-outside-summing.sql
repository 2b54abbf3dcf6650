--- before
CREATE TABLE source (day Date, country String, amount UInt64) ENGINE = MergeTree ORDER BY day;
CREATE TABLE totals (day Date, amount UInt64) ENGINE = SummingMergeTree ORDER BY day;
CREATE MATERIALIZED VIEW pipe TO totals AS SELECT day, sum(amount) AS amount FROM source GROUP BY day;

--- change: MR330
ALTER TABLE totals ADD COLUMN country String;
ALTER TABLE pipe MODIFY QUERY SELECT day, country, sum(amount) AS amount FROM source GROUP BY day, country;

--- show
INSERT INTO source SELECT '2026-01-02', c, 1 FROM (SELECT arrayJoin(['nl', 'de']) AS c);
OPTIMIZE TABLE totals FINAL;
SELECT * FROM totals ORDER BY ALL;

--- harmless: in the key from the start
ALTER TABLE totals ADD COLUMN country String, MODIFY ORDER BY (day, country);
ALTER TABLE pipe MODIFY QUERY SELECT day, country, sum(amount) AS amount FROM source GROUP BY day, country;

--- harmless: a measure more
ALTER TABLE totals ADD COLUMN rows UInt64;
ALTER TABLE pipe MODIFY QUERY SELECT day, sum(amount) AS amount, count() AS rows FROM source GROUP BY day;

--- shown
-- without the change:
--   2026-01-02	2
-- with the change:
--   2026-01-02	2	de
-- with its harmless twin:
--   2026-01-02	1	de
--   2026-01-02	1	nl
