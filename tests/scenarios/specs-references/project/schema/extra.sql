-- role: data, qery
CREATE TABLE clickstream.extra (id UInt64) ENGINE = MergeTree ORDER BY id;
