--- before
CREATE TABLE local (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE everywhere (id UInt64, amount UInt32, name String) ENGINE = Distributed(node, default, local, id);

--- change: MR341
ALTER TABLE local RENAME COLUMN name TO title;

--- show
INSERT INTO local SELECT 1, 7, 'a';
SELECT name FROM everywhere;

--- harmless: taken from the proxy first
ALTER TABLE everywhere DROP COLUMN name;
ALTER TABLE local DROP COLUMN name;

--- shown
-- without the change:
--   a
-- with the change:
--   error 47
-- with its harmless twin:
--   error 20
--   error 47
