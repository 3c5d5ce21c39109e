-- Who takes part where in the month of the newest file of contributions; what did not change is not written. Reads the whole
-- table of contributions: minutes for a country, once a night.
CREATE TEMPORARY TABLE reports_roster ON COMMIT DROP AS
SELECT DISTINCT c.person_id, c.employer_code FROM participants_contribution c
WHERE c.from_month <= %(month)s AND (c.to_month IS NULL OR c.to_month >= %(month)s)
  AND NOT c.is_voluntary AND c.employer_code IS NOT NULL
