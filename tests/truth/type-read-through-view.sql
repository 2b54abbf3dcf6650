--- before
CREATE TABLE source (id UInt64, amount UInt32) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, amount UInt32) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, amount FROM source;
CREATE VIEW report AS SELECT sum(amount) AS total FROM pipe;

--- change: MR304
ALTER TABLE target MODIFY COLUMN amount UInt64;
ALTER TABLE source MODIFY COLUMN amount UInt64;

--- show
INSERT INTO source FORMAT JSONEachRow {"id": 1, "amount": 5000000000};
SELECT (SELECT amount FROM target), amount FROM pipe;

--- harmless: the view as well
ALTER TABLE target MODIFY COLUMN amount UInt64;
ALTER TABLE source MODIFY COLUMN amount UInt64;
ALTER TABLE pipe MODIFY QUERY SELECT id, amount FROM source;
CREATE OR REPLACE VIEW report AS SELECT sum(amount) AS total FROM pipe;

--- shown
-- without the change:
--   705032704	705032704
-- with the change:
--   5000000000	705032704
-- with its harmless twin:
--   5000000000	5000000000
