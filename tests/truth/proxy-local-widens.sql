--- before
CREATE TABLE local (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE everywhere (id UInt64, amount UInt32, name String) ENGINE = Distributed(node, default, local, id);

--- change: MR340
ALTER TABLE local MODIFY COLUMN amount Int64;

--- show
INSERT INTO local FORMAT JSONEachRow {"id": 1, "amount": 5000000000, "name": "a"};
SELECT (SELECT any(amount) FROM local) = (SELECT any(amount) FROM everywhere);

--- harmless: a column that only the table has
ALTER TABLE local ADD COLUMN note String;

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
