-- Decided files by outcome and hours taken. By the key of reports_tally: kind, office, day.
SELECT office_code, what AS outcome, amount AS hours, sum(files)::int AS files
FROM reports_tally
WHERE kind = 'decided' AND office_code = ANY (%(offices)s) AND day BETWEEN %(since)s AND %(until)s
  AND (%(employers)s::text[] IS NULL OR employer_code = ANY (%(employers)s)) AND employer_code <> ALL (%(without)s::text[])
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3
