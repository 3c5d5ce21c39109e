-- The lines of the weekly report: employers of the offices on a day that was kept. reports_progress by its index on day and
-- office; employer, officer and target by key, one page at a time. The target of an employer is the newest live one whose
-- period holds the day.
SELECT p.employer_code, e.name, p.workers, p.sent, p.approved, t.people AS target, t.id, t.plan_id, t.office_id, o.officer_id, coalesce(o.officer_name, ''),
       e.office_code
FROM reports_progress p
JOIN participants_employer e ON e.code = p.employer_code
LEFT JOIN LATERAL (
  SELECT t.people, t.id, t.plan_id, l.office_id FROM rollout_target t JOIN rollout_plan l ON l.id = t.plan_id AND l.ended_at IS NULL
  WHERE t.employer_id = p.employer_code AND t.ended_at IS NULL AND t.from_on <= p.day AND t.to_on >= p.day
  ORDER BY t.to_on, t.id DESC LIMIT 1
) t ON true
LEFT JOIN LATERAL (
  SELECT a.officer_id, a.officer_name FROM rollout_assignment a
  WHERE a.employer_code = p.employer_code AND a.ended_at IS NULL AND a.from_on <= p.day
    AND (a.until_on IS NULL OR a.until_on >= p.day)
  ORDER BY a.from_on DESC LIMIT 1
) o ON true
WHERE p.day = %(day)s AND p.office_code = ANY (%(offices)s)
  AND (%(employers)s::text[] IS NULL OR p.employer_code = ANY (%(employers)s)) AND p.employer_code <> ALL (%(without)s::text[])
ORDER BY p.employer_code
LIMIT %(size)s OFFSET %(skip)s
