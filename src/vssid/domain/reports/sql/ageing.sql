-- Open files by the day they were sent. By the key of reports_tally: kind, office.
SELECT office_code, day, sum(files)::int AS files
FROM reports_tally
WHERE kind = 'open' AND office_code = ANY (%(offices)s)
  AND (%(employers)s::text[] IS NULL OR employer_code = ANY (%(employers)s)) AND employer_code <> ALL (%(without)s::text[])
GROUP BY 1, 2
