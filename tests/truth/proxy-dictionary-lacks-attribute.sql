--- before
CREATE TABLE countries (code String, name String, continent String) ENGINE = MergeTree ORDER BY code;
CREATE DICTIONARY country (code String, name String, continent String) PRIMARY KEY code SOURCE(CLICKHOUSE(TABLE 'countries' DB 'default')) LAYOUT(COMPLEX_KEY_HASHED()) LIFETIME(0);
CREATE TABLE source (id UInt64, code String) ENGINE = MergeTree ORDER BY id;
CREATE TABLE target (id UInt64, continent String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, dictGet('default.country', 'continent', code) AS continent FROM source;

--- change: MR314
CREATE OR REPLACE DICTIONARY country (code String, name String) PRIMARY KEY code SOURCE(CLICKHOUSE(TABLE 'countries' DB 'default')) LAYOUT(COMPLEX_KEY_HASHED()) LIFETIME(0);

--- show
INSERT INTO source VALUES (1, 'IS');
SELECT count() FROM target;

--- harmless: an attribute that nobody reads
CREATE OR REPLACE DICTIONARY country (code String, continent String) PRIMARY KEY code SOURCE(CLICKHOUSE(TABLE 'countries' DB 'default')) LAYOUT(COMPLEX_KEY_HASHED()) LIFETIME(0);

--- shown
-- without the change:
--   1
-- with the change:
--   error 36
--   0
-- with its harmless twin:
--   1
