-- The applications of an employer's own workers who agreed that it prints and hands in, and whose form is still to come.
-- The applications by `registration_employer_prints`, which holds these alone; workers and people by key, the lists by number.
SELECT a.id, a.number, a.office_id, a.due_on, w.person_id, p.full_name, p.bhxh_code, coalesce(g.department, ''),
  EXISTS (
    SELECT 1 FROM registration_handover h JOIN registration_handover_line l ON l.handover_id = h.id
    WHERE h.employer_code = %(employer)s AND h.closed_at IS NULL AND l.number = a.number AND l.is_listed
  )
FROM reports_worker w
JOIN registration_application a ON a.person_id = w.person_id
JOIN participants_person p ON p.person_id = w.person_id
LEFT JOIN employers_given g ON g.person_id = w.person_id AND g.employer_code = w.employer_code
WHERE w.employer_code = %(employer)s AND NOT a.is_trial AND a.state = 'submitted'
  AND a.employer_prints_at IS NOT NULL AND a.due_at > %(now)s
ORDER BY w.sort_name, w.person_id, a.id
