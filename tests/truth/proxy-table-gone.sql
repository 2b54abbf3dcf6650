--- before
CREATE TABLE local (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE everywhere (id UInt64, amount UInt32, name String) ENGINE = Distributed(node, default, local, id);

--- change: MR341
RENAME TABLE local TO local_old;

--- show
SELECT count() FROM everywhere;

--- harmless: both go
DROP TABLE everywhere;
DROP TABLE local;

--- shown
-- without the change:
--   0
-- with the change:
--   error 60
-- with its harmless twin:
--   error 60
