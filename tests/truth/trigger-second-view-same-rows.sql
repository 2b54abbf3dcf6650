--- before
CREATE TABLE source (id UInt64, kind String, amount UInt64) ENGINE = Null;
CREATE TABLE total (id UInt64, amount UInt64) ENGINE = SummingMergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO total AS SELECT id, sum(amount) AS amount FROM source WHERE kind != 'free' GROUP BY id;

--- change: MR326
CREATE MATERIALIZED VIEW pipe_v2 TO total AS SELECT id, sum(amount) AS amount FROM source GROUP BY id;

--- show
INSERT INTO source VALUES (1, 'paid', 5);
SELECT sum(amount) FROM total;

--- harmless: in place of the first
CREATE MATERIALIZED VIEW pipe_v2 TO total AS SELECT id, sum(amount) AS amount FROM source WHERE kind != 'free' GROUP BY id;
DROP VIEW pipe;

--- harmless: of other rows
CREATE MATERIALIZED VIEW pipe_v2 TO total AS SELECT id, sum(amount) AS amount FROM source WHERE kind = 'free' GROUP BY id;

--- shown
-- without the change:
--   5
-- with the change:
--   10
-- with its harmless twin:
--   5
