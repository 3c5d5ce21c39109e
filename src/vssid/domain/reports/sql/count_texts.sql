-- The texts made on the given days, by the office of the file they tell of: what a text about a file bears as its subject is
-- the file's number. Reads the messages of these days by the index on created_at, reports_file by key.
INSERT INTO reports_text (day, office_code, kind, outcome, seconds, texts)
SELECT day, office_code, kind, outcome,
       CASE WHEN took IS NULL THEN -1
            WHEN took <= 600 THEN ceil(took / 10.0) * 10
            ELSE ceil(took / 60.0) * 60 END,
       count(*)
FROM (
  SELECT d.day, coalesce(f.office_code, '') AS office_code, m.kind,
         CASE WHEN m.state = 'delivered' THEN 'delivered'
              WHEN m.state IN ('failed', 'expired') THEN 'lost'
              ELSE 'under_way' END AS outcome,
         CASE WHEN m.state = 'delivered'
              THEN greatest(0, ceil(extract(epoch FROM m.delivered_at - m.created_at)))::int END AS took
  FROM unnest(%(days)s::date[]) AS d (day)
  JOIN notifications_message m ON m.channel = 'sms'
    AND m.created_at >= d.day::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
    AND m.created_at < (d.day + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
  LEFT JOIN reports_file f ON f.application_id = m.subject_id
) AS texts
GROUP BY 1, 2, 3, 4, 5
