-- Each office's workers on a kept day, and the target whose period holds it. reports_progress by its index on day and office,
-- office by key, targets of an office by the key of its column.
SELECT p.code, o.name, p.workers, p.sent, p.approved, t.people AS target, t.id, t.plan_id, t.office_id
FROM (
  SELECT office_code AS code, sum(workers)::int AS workers, sum(sent)::int AS sent, sum(approved)::int AS approved
  FROM reports_progress WHERE day = %(day)s AND office_code = ANY (%(offices)s) GROUP BY 1
) p JOIN offices_office o ON o.code = p.code
LEFT JOIN LATERAL (
  SELECT t.people, t.id, t.plan_id, l.office_id FROM rollout_target t
  JOIN rollout_plan l ON l.id = t.plan_id AND l.ended_at IS NULL
  WHERE t.office_id = p.code AND t.ended_at IS NULL AND t.from_on <= %(day)s AND t.to_on >= %(day)s
  ORDER BY t.to_on, t.id DESC LIMIT 1
) t ON true
