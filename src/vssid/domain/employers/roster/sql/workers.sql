-- Who takes part where in the month of the newest file of contributions, and the name to sort by. Reads the whole table of
-- contributions, and the whole of persons beside it: minutes for a country, once after a file.
CREATE TEMPORARY TABLE employers_roster ON COMMIT DROP AS
SELECT r.person_id, r.employer_code, regexp_replace(p.name_folded, '^(.*) ([^ ]+)$', '\2 \1') AS sort_name
FROM (
  SELECT DISTINCT c.person_id, c.employer_code FROM participants_contribution c
  WHERE c.from_month <= %(month)s AND (c.to_month IS NULL OR c.to_month >= %(month)s)
    AND NOT c.is_voluntary AND c.employer_code IS NOT NULL
) r
JOIN participants_person p ON p.person_id = r.person_id
