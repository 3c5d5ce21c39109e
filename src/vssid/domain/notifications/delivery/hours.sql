-- The messages made in the given hours, counted: by whom they went, what they were, what became of them, and of
-- those that arrived how long it took, in seconds (from a minute on rounded up to ten, from ten minutes on to a minute).
-- Reads the messages of these hours by the index on created_at.
INSERT INTO notifications_hour (hour, channel, gateway, operator, kind, state, seconds, count)
SELECT hour, channel, gateway, operator, kind, state,
       CASE WHEN took IS NULL THEN -1
            WHEN took <= 60 THEN took
            WHEN took <= 600 THEN ceil(took / 10.0) * 10
            ELSE ceil(took / 60.0) * 60 END AS seconds,
       count(*)
FROM (
  SELECT h.hour, m.channel, m.gateway, m.operator, m.kind, m.state,
         CASE WHEN m.state = 'delivered'
              THEN greatest(0, ceil(extract(epoch FROM m.delivered_at - m.created_at)))::int END AS took
  FROM unnest(%s::timestamptz[]) AS h (hour)
  JOIN notifications_message m ON m.created_at >= h.hour AND m.created_at < h.hour + interval '1 hour'
) AS messages
GROUP BY 1, 2, 3, 4, 5, 6, 7
