--- before
CREATE TABLE rates (id UInt64, since Date, until Date, rate Float64) ENGINE = MergeTree ORDER BY id;
CREATE DICTIONARY rate_of (id UInt64, since Date, until Date, rate Float64) PRIMARY KEY id
SOURCE(CLICKHOUSE(DB 'default' TABLE 'rates')) LAYOUT(RANGE_HASHED(RANGE_LOOKUP_STRATEGY 'max')) RANGE(MIN since MAX until) LIFETIME(0);
CREATE TABLE source (id UInt64, at DateTime) ENGINE = Null;
CREATE TABLE target (id UInt64, rate Float64) ENGINE = MergeTree ORDER BY id;
CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, dictGet('default.rate_of', 'rate', id, toDate(at)) AS rate FROM source;

--- rows
INSERT INTO rates VALUES (1, '2026-01-01', '2026-12-31', 1), (1, '2026-06-01', '2026-12-31', 2);

--- change: MR393
CREATE OR REPLACE DICTIONARY rate_of (id UInt64, since Date, until Date, rate Float64) PRIMARY KEY id
SOURCE(CLICKHOUSE(DB 'default' TABLE 'rates')) LAYOUT(RANGE_HASHED(RANGE_LOOKUP_STRATEGY 'min')) RANGE(MIN since MAX until) LIFETIME(0);

--- show
INSERT INTO source VALUES (1, '2026-07-01 00:00:00');
SELECT rate FROM target;

--- harmless: a longer lifetime
CREATE OR REPLACE DICTIONARY rate_of (id UInt64, since Date, until Date, rate Float64) PRIMARY KEY id
SOURCE(CLICKHOUSE(DB 'default' TABLE 'rates')) LAYOUT(RANGE_HASHED(RANGE_LOOKUP_STRATEGY 'max')) RANGE(MIN since MAX until) LIFETIME(3600);

--- shown
-- without the change:
--   2
-- with the change:
--   1
-- with its harmless twin:
--   2
