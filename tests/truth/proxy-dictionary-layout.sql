--- before
CREATE TABLE cities (id UInt64, city String, closed UInt8) ENGINE = MergeTree ORDER BY id;
CREATE DICTIONARY names (id UInt64, city String) PRIMARY KEY id SOURCE(CLICKHOUSE(DB 'default' TABLE 'cities')) LAYOUT(FLAT()) LIFETIME(0);
CREATE TABLE source (id UInt64) ENGINE = Null;
CREATE TABLE target (id UInt64, city String) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, dictGet('default.names', 'city', id) AS city FROM source;

--- rows
INSERT INTO cities VALUES (1, 'Oslo', 0);

--- change: MR345
CREATE OR REPLACE DICTIONARY names (id UInt64, city String) PRIMARY KEY id SOURCE(CLICKHOUSE(DB 'default' TABLE 'cities_of_old')) LAYOUT(HASHED()) LIFETIME(0);

--- show
INSERT INTO source VALUES (1);
SELECT * FROM target;

--- harmless: the same rows, kept otherwise
CREATE OR REPLACE DICTIONARY names (id UInt64, city String) PRIMARY KEY id SOURCE(CLICKHOUSE(DB 'default' TABLE 'cities')) LAYOUT(CACHE(SIZE_IN_CELLS 1000)) LIFETIME(60);

--- shown
-- without the change:
--   1	Oslo
-- with the change:
--   error 60
-- with its harmless twin:
--   1	Oslo
