-- What the employers of one officer need. Starts from the officer's assignments; each need is counted once for all of
-- them: forms by the index of the office's queue, requests, messages and entries by that of their employers, the rest by
-- the employer's key.
WITH mine AS (
  SELECT r.employer_code AS code FROM rollout_assignment r
  WHERE r.officer_id = %(officer)s AND r.office_id = %(office)s AND r.ended_at IS NULL
    AND r.from_on <= %(day)s AND (r.until_on IS NULL OR r.until_on >= %(day)s)
), here AS (
  SELECT e.code, e.name FROM mine JOIN participants_employer e ON e.code = mine.code
  WHERE NOT EXISTS (
    SELECT 1 FROM employers_standing s WHERE s.employer_code = e.code AND s.kind IN ('ceased', 'merged')
      AND s.taken_back_at IS NULL AND s.from_on <= %(day)s
  )
), tasks AS (
  SELECT d.employer_code AS code, count(*) AS many, min(d.on_day) AS first FROM employers_diary_entry d
  WHERE d.kind = 'task' AND d.done_at IS NULL AND d.on_day <= %(day)s
    AND d.employer_code IN (SELECT code FROM here)
  GROUP BY d.employer_code
), questions AS (
  SELECT t.employer_code AS code, count(*) AS many, min(t.due_on) AS first FROM support_ticket t
  WHERE t.state IN ('sent', 'read') AND t.employer_code IS NOT NULL AND t.employer_code IN (SELECT code FROM here)
  GROUP BY t.employer_code
), forms AS (
  SELECT w.employer_code AS code, count(*) AS many, min(f.due_on) AS first FROM registration_application f
  JOIN reports_worker w ON w.person_id = f.person_id
  WHERE f.office_id = %(office)s AND f.state = 'submitted' AND NOT f.is_trial
    AND f.due_at > %(now)s AND f.due_at <= %(soon)s AND w.employer_code IN (SELECT code FROM here)
  GROUP BY w.employer_code
), requests AS (
  SELECT c.employer_code AS code, count(*) AS many, min(c.sent_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS first
  FROM employers_correction c
  WHERE c.state IN ('sent', 'taken') AND c.employer_code IN (SELECT code FROM here)
  GROUP BY c.employer_code
)
SELECT here.code, here.name,
  coalesce(tasks.many, 0), tasks.first, coalesce(questions.many, 0), questions.first, coalesce(forms.many, 0), forms.first,
  coalesce(requests.many, 0), requests.first, coalesce(owing.owed_months, 0), owing.owed_from,
  (NOT EXISTS (
    SELECT 1 FROM employers_seat s WHERE s.employer_code = here.code AND s.ended_at IS NULL
      AND s.from_on <= %(day)s AND (s.until_on IS NULL OR s.until_on >= %(day)s)
  ))::int
FROM here
LEFT JOIN tasks ON tasks.code = here.code
LEFT JOIN questions ON questions.code = here.code
LEFT JOIN forms ON forms.code = here.code
LEFT JOIN requests ON requests.code = here.code
LEFT JOIN participants_employer_standing owing ON owing.employer_code = here.code
