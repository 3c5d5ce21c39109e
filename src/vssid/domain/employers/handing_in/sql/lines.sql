-- The lines of one list. A person stands beside a number only while that person is a worker of the employer and agrees.
SELECT l.number, l.is_listed, l.outcome, l.scanned_at, p.full_name, p.bhxh_code, a.due_on
FROM registration_handover_line l
JOIN registration_handover h ON h.id = l.handover_id
LEFT JOIN (
  registration_application a
  JOIN reports_worker w ON w.person_id = a.person_id AND w.employer_code = %(employer)s
  JOIN participants_person p ON p.person_id = w.person_id
) ON a.number = l.number AND NOT a.is_trial AND a.employer_prints_at IS NOT NULL
WHERE l.handover_id = %(list)s AND h.employer_code = %(employer)s
ORDER BY l.position
