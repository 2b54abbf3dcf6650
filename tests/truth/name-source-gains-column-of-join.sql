--- before
CREATE TABLE source (id UInt64, user UInt64) ENGINE = Null;
CREATE TABLE users (user UInt64, name String) ENGINE = MergeTree ORDER BY user;
CREATE TABLE target (id UInt64, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, name FROM source LEFT JOIN users ON source.user = users.user;

--- rows
INSERT INTO users VALUES (1, 'bob');

--- change: MR316
ALTER TABLE source ADD COLUMN name String;

--- show
INSERT INTO source (id, user) VALUES (7, 1);
SELECT name FROM target;

--- harmless: under another name
ALTER TABLE source ADD COLUMN label String;

--- harmless: the view says which one it means
ALTER TABLE pipe MODIFY QUERY SELECT id, users.name AS name FROM source LEFT JOIN users ON source.user = users.user;
ALTER TABLE source ADD COLUMN name String;

--- shown
-- without the change:
--   bob
-- with the change:
-- with its harmless twin:
--   bob
