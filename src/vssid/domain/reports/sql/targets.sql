-- How many workers are approved of each target's office, employer or officer, by the newest counted day of its period.
-- Targets by key; reports_progress by its index on day and office, or by its key; assignments by the officer's index.
WITH asked AS (
  SELECT t.id, t.office_id, t.employer_id, t.officer_id,
         (SELECT max(p.day) FROM reports_progress p WHERE p.day <= t.to_on) AS day
  FROM rollout_target t WHERE t.id = ANY (%(targets)s)
), told AS (
  SELECT a.id, p.approved FROM asked a
  JOIN reports_progress p ON p.day = a.day AND p.employer_code = a.employer_id
  UNION ALL
  SELECT a.id, p.approved FROM asked a
  CROSS JOIN LATERAL (
    WITH RECURSIVE below (code) AS (
      SELECT a.office_id::text UNION SELECT o.code::text FROM offices_office o JOIN below b ON o.parent_id = b.code
    ) SELECT code FROM below
  ) b
  JOIN reports_progress p ON p.day = a.day AND p.office_code = b.code
  WHERE a.office_id IS NOT NULL
  UNION ALL
  SELECT a.id, p.approved FROM asked a
  JOIN rollout_assignment s ON s.officer_id = a.officer_id AND s.ended_at IS NULL AND s.from_on <= a.day
    AND (s.until_on IS NULL OR s.until_on >= a.day)
  JOIN reports_progress p ON p.day = a.day AND p.employer_code = s.employer_code
)
SELECT a.id, coalesce(sum(t.approved), 0)::int AS approved FROM asked a LEFT JOIN told t ON t.id = a.id GROUP BY a.id
