-- How far the files of each worker came. Reads reports_file whole, its application and the workers by key; workers whose file
-- went (merged, erased) fall back to nothing.
WITH reached AS (
  SELECT a.person_id, max(f.stage) AS stage FROM reports_file f
  JOIN registration_application a ON a.id = f.application_id AND NOT a.is_trial
  WHERE a.person_id IS NOT NULL GROUP BY a.person_id
)
UPDATE reports_worker w SET stage = n.stage
FROM (
  SELECT x.person_id, x.employer_code, coalesce(r.stage, 0) AS stage FROM reports_worker x
  LEFT JOIN reached r ON r.person_id = x.person_id
) n
WHERE w.person_id = n.person_id AND w.employer_code = n.employer_code AND w.stage <> n.stage
