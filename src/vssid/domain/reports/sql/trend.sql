-- What happened on each day of the scope. By the key of reports_tally: kind, office, day.
SELECT day, what, sum(files)::int AS files
FROM reports_tally
WHERE kind = 'event' AND what IN ('sent', 'approved') AND office_code = ANY (%(offices)s) AND day BETWEEN %(since)s AND %(until)s
  AND (%(employers)s::text[] IS NULL OR employer_code = ANY (%(employers)s)) AND employer_code <> ALL (%(without)s::text[])
GROUP BY 1, 2
ORDER BY 1, 2
