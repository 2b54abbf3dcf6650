--- before
CREATE TABLE local (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE everywhere (id UInt64, amount UInt32, name String) ENGINE = Distributed(node, default, local, id);

--- change: MR341
ALTER TABLE everywhere ADD COLUMN note String;

--- show
INSERT INTO local (id, amount, name) VALUES (1, 7, 'a');
SELECT note FROM everywhere;

--- harmless: the table first
ALTER TABLE local ADD COLUMN note String;
ALTER TABLE everywhere ADD COLUMN note String;

--- shown
-- without the change:
--   error 47
-- with the change:
--   error 47
-- with its harmless twin:
