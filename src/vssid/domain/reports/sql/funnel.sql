-- Files sent within the days, by office or employer and how far they came. By the key of reports_tally: kind, office, day.
SELECT CASE WHEN %(by_employer)s THEN employer_code ELSE office_code END AS part, what::int AS stage, sum(files)::int AS files
FROM reports_tally
WHERE kind = 'funnel' AND office_code = ANY (%(offices)s) AND day BETWEEN %(since)s AND %(until)s
  AND (%(employers)s::text[] IS NULL OR employer_code = ANY (%(employers)s)) AND employer_code <> ALL (%(without)s::text[])
GROUP BY 1, 2
ORDER BY 1, 2
