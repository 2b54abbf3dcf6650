-- role: data, query
CREATE VIEW shop.recent AS
SELECT user_id, count() AS events FROM shop.events WHERE time > now() - INTERVAL 1 HOUR GROUP BY user_id;
