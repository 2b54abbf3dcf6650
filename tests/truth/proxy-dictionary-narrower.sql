--- before
CREATE TABLE countries (code String, area UInt32) ENGINE = MergeTree ORDER BY code;
CREATE DICTIONARY country (code String, area UInt32) PRIMARY KEY code SOURCE(CLICKHOUSE(DB 'default' TABLE 'countries')) LAYOUT(COMPLEX_KEY_HASHED()) LIFETIME(0);

--- change: MR345
ALTER TABLE countries MODIFY COLUMN area UInt64;

--- show
INSERT INTO countries FORMAT JSONEachRow {"code": "nl", "area": 5000000000};
SYSTEM RELOAD DICTIONARY country;
SELECT dictGet('country', 'area', 'nl') = (SELECT area FROM countries);

--- harmless: the dictionary first
CREATE OR REPLACE DICTIONARY country (code String, area UInt64) PRIMARY KEY code SOURCE(CLICKHOUSE(DB 'default' TABLE 'countries')) LAYOUT(COMPLEX_KEY_HASHED()) LIFETIME(0);
ALTER TABLE countries MODIFY COLUMN area UInt64;

--- shown
-- without the change:
--   1
-- with the change:
--   0
-- with its harmless twin:
--   1
