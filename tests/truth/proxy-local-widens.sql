--- before
CREATE TABLE local (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE everywhere (id UInt64, amount UInt32, name String) ENGINE = Distributed(node, default, local, id);

--- change: MR340
ALTER TABLE local MODIFY COLUMN amount Int64;

--- show
INSERT INTO local SELECT 1, 5000000000, 'a';
SELECT amount FROM everywhere;

--- harmless: a column that only the table has
ALTER TABLE local ADD COLUMN note String;
