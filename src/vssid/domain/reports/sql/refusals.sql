-- Refused files by reason. By the key of reports_tally: kind, office, day.
SELECT what AS reason, sum(files)::int AS files
FROM reports_tally
WHERE kind = 'refusal' AND office_code = ANY (%(offices)s) AND day BETWEEN %(since)s AND %(until)s
GROUP BY 1
ORDER BY 2 DESC, 1
