-- role: data, query
-- The last hour.
CREATE VIEW clickstream.recent AS
SELECT * FROM clickstream.events WHERE timestamp > now() - INTERVAL 1 HOUR;
