--- before
CREATE TABLE local (id UInt64, amount UInt32, name String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE everywhere (id UInt64, amount UInt32, name String) ENGINE = Distributed(node, default, local, id);

--- change: MR342
ALTER TABLE local ADD COLUMN region String DEFAULT 'eu';
ALTER TABLE everywhere ADD COLUMN region String;

--- show
INSERT INTO everywhere (id, amount, name) VALUES (1, 7, 'a');
SELECT region FROM local;

--- harmless: with the default
ALTER TABLE local ADD COLUMN region String DEFAULT 'eu';
ALTER TABLE everywhere ADD COLUMN region String DEFAULT 'eu';

--- shown
-- without the change:
--   error 47
-- with the change:
-- with its harmless twin:
--   eu
