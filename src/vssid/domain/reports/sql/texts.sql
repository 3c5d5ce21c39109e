-- Texts of the days by outcome and seconds, once by office and once by kind. By the key of reports_text, which begins with the
-- day.
SELECT office_code, kind, outcome, seconds, sum(texts)::int AS texts
FROM reports_text
WHERE day BETWEEN %(since)s AND %(until)s AND office_code = ANY (%(offices_or_none)s)
GROUP BY GROUPING SETS ((office_code, outcome, seconds), (kind, outcome, seconds))
