-- Each office's workers on a kept day, and the target whose period holds it. reports_progress by its index on day and office,
-- office by key, targets of an office by the key of its column.
SELECT p.office_code, o.name, sum(p.workers)::int, sum(p.sent)::int, sum(p.approved)::int, (
  SELECT t.people FROM rollout_target t JOIN rollout_plan l ON l.id = t.plan_id AND l.ended_at IS NULL
  WHERE t.office_id = p.office_code AND t.ended_at IS NULL AND t.from_on <= %(day)s AND t.to_on >= %(day)s
  ORDER BY t.to_on, t.id DESC LIMIT 1
) AS target
FROM reports_progress p JOIN offices_office o ON o.code = p.office_code
WHERE p.day = %(day)s AND p.office_code = ANY (%(offices)s)
GROUP BY p.office_code, o.name
