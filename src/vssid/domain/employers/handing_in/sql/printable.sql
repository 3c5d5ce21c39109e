-- Which of some applications may be printed by the employer now: those of own workers who agree and whose form is still to come.
-- They stay so until the caller's transaction ends.
SELECT a.id FROM registration_application a
JOIN reports_worker w ON w.person_id = a.person_id AND w.employer_code = %(employer)s
WHERE a.id = ANY(%(ids)s) AND NOT a.is_trial AND a.state = 'submitted'
  AND a.employer_prints_at IS NOT NULL AND a.due_at > %(now)s
FOR SHARE OF a
