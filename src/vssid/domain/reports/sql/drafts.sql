-- Drafts begun within the days, by the office chosen and the step reached. By the key of reports_tally: kind, office, day.
SELECT office_code, day, what AS step, sum(files)::int AS files
FROM reports_tally
WHERE kind = 'draft' AND office_code = ANY (%(offices_or_none)s) AND day BETWEEN %(since)s AND %(until)s
GROUP BY 1, 2, 3
ORDER BY 2, 1, 3
