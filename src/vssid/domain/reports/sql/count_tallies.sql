-- All tallies anew from the files; what did not change is not written. Reads the whole of reports_file, which is narrow,
-- and of the drafts (thirty days of them) the columns that say nothing of a person.
CREATE TEMPORARY TABLE reports_counted ON COMMIT DROP AS
WITH told AS (
  SELECT 'funnel' AS kind, office_code, sent_on AS day, employer_code, stage::text AS what, 0 AS amount FROM reports_file
  UNION ALL
  SELECT 'event', office_code, sent_on, employer_code, 'sent', 0 FROM reports_file
  UNION ALL
  SELECT 'event', office_code, handed_in_on, employer_code, 'handed_in', 0 FROM reports_file
  WHERE handed_in_on IS NOT NULL
  UNION ALL
  SELECT 'event', office_code, closed_on, employer_code, state, 0 FROM reports_file WHERE closed_on IS NOT NULL
  UNION ALL
  SELECT 'refusal', office_code, closed_on, employer_code, unnest(reasons), 0 FROM reports_file WHERE state = 'refused'
  UNION ALL
  SELECT 'decided', office_code, closed_on, employer_code, state, hours FROM reports_file
  WHERE state IN ('approved', 'refused')
  UNION ALL
  SELECT 'open', office_code, sent_on, employer_code, state, 0 FROM reports_file WHERE closed_on IS NULL
  UNION ALL
  SELECT 'draft', office_code, (created_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, '', step, 0 FROM registration_draft
)
SELECT kind, office_code, day, employer_code, what, amount, count(*)::int AS files FROM told GROUP BY 1, 2, 3, 4, 5, 6
