--- before
CREATE TABLE countries (code String, name String, area UInt32) ENGINE = MergeTree ORDER BY code;
CREATE DICTIONARY country (code String, name String) PRIMARY KEY code SOURCE(CLICKHOUSE(DB 'default' TABLE 'countries')) LAYOUT(COMPLEX_KEY_HASHED()) LIFETIME(0);

--- change: MR345
ALTER TABLE countries RENAME COLUMN name TO title;

--- show
INSERT INTO countries SELECT 'nl', 'Netherlands', 41;
SYSTEM RELOAD DICTIONARY country;
SELECT dictGet('country', 'name', 'nl');

--- harmless: a column that it does not read
ALTER TABLE countries RENAME COLUMN area TO km2;

--- shown
-- without the change:
--   Netherlands
-- with the change:
--   error 47
--   error 47
-- with its harmless twin:
--   Netherlands
