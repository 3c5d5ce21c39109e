-- Applications that are no more. Both tables by key.
DELETE FROM reports_file f WHERE NOT EXISTS (SELECT 1 FROM registration_application a WHERE a.id = f.application_id AND NOT a.is_trial)
