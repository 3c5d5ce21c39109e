-- How far the workers of a campaign's employers are, on the newest day that was kept. By the key of employers_target and of
-- reports_progress (day and employer).
SELECT coalesce(sum(p.workers), 0)::int, coalesce(sum(p.sent), 0)::int, coalesce(sum(p.approved), 0)::int
FROM employers_target t
JOIN reports_progress p ON p.employer_code = t.employer_code AND p.day = %(day)s
WHERE t.campaign_id = %(campaign)s AND t.office_code = ANY (%(offices)s)
  AND (%(employers)s::text[] IS NULL OR t.employer_code = ANY (%(employers)s)) AND t.employer_code <> ALL (%(without)s::text[])
