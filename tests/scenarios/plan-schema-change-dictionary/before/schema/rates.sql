-- role: query
CREATE TABLE shop.rates_source (currency String, rate Float64) ENGINE = Null;
CREATE DICTIONARY shop.rates (currency String, rate Float64) PRIMARY KEY currency
SOURCE(CLICKHOUSE(TABLE 'rates_source' DB 'shop')) LIFETIME(300) LAYOUT(COMPLEX_KEY_HASHED());
