--- before
CREATE TABLE countries (code String, name String) ENGINE = MergeTree ORDER BY code;
CREATE DICTIONARY country (code String, name String) PRIMARY KEY code SOURCE(CLICKHOUSE(DB 'default' TABLE 'countries')) LAYOUT(COMPLEX_KEY_HASHED()) LIFETIME(0);
CREATE TABLE source (id UInt64, code String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, name String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, dictGet('default.country', 'name', code) AS name FROM source;

--- change: MR314
DROP DICTIONARY country;

--- show
INSERT INTO source VALUES (1, 'nl');
SELECT count() FROM target;

--- harmless: replaced by an equal one
CREATE OR REPLACE DICTIONARY country (code String, name String) PRIMARY KEY code SOURCE(CLICKHOUSE(DB 'default' TABLE 'countries')) LAYOUT(COMPLEX_KEY_HASHED()) LIFETIME(60);

--- shown
-- without the change:
--   1
-- with the change:
--   error 36
--   0
-- with its harmless twin:
--   1
