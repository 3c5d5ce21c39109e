-- Is anybody printed in a run who took the word or the application back since, or works here no more?
SELECT EXISTS (
  SELECT 1 FROM employers_print_line l
  LEFT JOIN registration_application a ON a.id = l.application_id AND NOT a.is_trial
  LEFT JOIN reports_worker w ON w.person_id = a.person_id AND w.employer_code = %(employer)s
  WHERE l.run_id = %(run)s AND l.is_printed
    AND (w.person_id IS NULL OR a.employer_prints_at IS NULL OR a.state = 'withdrawn')
)
