--- before
CREATE TABLE log_a (id UInt64, text String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE log_b (id UInt64, text String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE logs (id UInt64, text String) ENGINE = Merge(default, '^log_');

--- change: MR344
RENAME TABLE log_b TO journal_b;

--- show
INSERT INTO log_a VALUES (1, 'a');
INSERT INTO log_b VALUES (2, 'b');
INSERT INTO journal_b VALUES (2, 'b');
SELECT count() FROM logs;

--- harmless: a name that still matches
RENAME TABLE log_b TO log_c;

--- shown
-- without the change:
--   error 60
--   2
-- with the change:
--   error 60
--   1
-- with its harmless twin:
--   error 60
--   error 60
--   1
