-- The day's line of each employer that has workers. Reads reports_worker by its index on the employer, employers by key.
CREATE TEMPORARY TABLE reports_day ON COMMIT DROP AS
SELECT w.employer_code, e.office_code, count(*)::int AS workers,
       (count(*) FILTER (WHERE w.stage >= 1))::int AS sent,
       (count(*) FILTER (WHERE w.stage >= 2))::int AS handed_in,
       (count(*) FILTER (WHERE w.stage >= 3))::int AS approved,
       (count(*) FILTER (WHERE w.stage >= 4))::int AS signed_in,
       (count(*) FILTER (WHERE w.stage >= 5))::int AS card_used
FROM reports_worker w JOIN participants_employer e ON e.code = w.employer_code
WHERE e.office_code IS NOT NULL
GROUP BY w.employer_code, e.office_code
