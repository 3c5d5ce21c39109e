-- The sum of the weekly report and how many employers it has. reports_progress by its index on day and office.
SELECT count(*)::int, coalesce(sum(workers), 0)::int, coalesce(sum(sent), 0)::int, coalesce(sum(approved), 0)::int
FROM reports_progress p
WHERE p.day = %(day)s AND p.office_code = ANY (%(offices)s)
  AND (%(employers)s::text[] IS NULL OR p.employer_code = ANY (%(employers)s)) AND p.employer_code <> ALL (%(without)s::text[])
