-- Refused files by reason, and all that were refused. By the key of reports_tally: kind, office, day.
SELECT what AS reason, sum(files)::int AS files, (
  SELECT coalesce(sum(files), 0)::int FROM reports_tally
  WHERE kind = 'event' AND what = 'refused' AND office_code = ANY (%(offices)s) AND day BETWEEN %(since)s AND %(until)s
) AS refused
FROM reports_tally
WHERE kind = 'refusal' AND office_code = ANY (%(offices)s) AND day BETWEEN %(since)s AND %(until)s
GROUP BY 1
ORDER BY 2 DESC, 1
