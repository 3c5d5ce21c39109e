-- How many workers are approved of each target's office, employer or officer, by the newest counted day of its period.
-- Targets by key; reports_progress by its index on day and office or by its key; assignments by the officer's index.
SELECT t.id, coalesce(sum(p.approved), 0)::int AS approved
FROM rollout_target t
JOIN LATERAL (SELECT max(day) AS day FROM reports_progress WHERE day <= t.to_on) d ON true
LEFT JOIN reports_progress p ON p.day = d.day AND (
  p.office_code = ANY (ARRAY(
    WITH RECURSIVE below (code) AS (
      SELECT t.office_id::text UNION SELECT o.code::text FROM offices_office o JOIN below b ON o.parent_id = b.code
    ) SELECT code FROM below
  ))
  OR p.employer_code = t.employer_id
  OR p.employer_code IN (
    SELECT a.employer_code FROM rollout_assignment a
    WHERE a.officer_id = t.officer_id AND a.ended_at IS NULL AND a.from_on <= d.day
      AND (a.until_on IS NULL OR a.until_on >= d.day)
  )
)
WHERE t.id = ANY (%(targets)s)
GROUP BY t.id
