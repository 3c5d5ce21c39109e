-- How far the files of each person came. Reads reports_file whole, and its application by key.
CREATE TEMPORARY TABLE reports_reached ON COMMIT DROP AS
SELECT a.person_id, max(f.stage) AS stage FROM reports_file f
JOIN registration_application a ON a.id = f.application_id AND NOT a.is_trial
WHERE a.person_id IS NOT NULL GROUP BY a.person_id
