-- Every application as reports see it, written where it differs. Reads the whole table of applications once, and per file
-- the account (by key), the checks of the card (by the index of a person's events, approved files only) and the employer
-- (by the key of reports_worker, which begins with the person). A card counts as used when its owner had signed in and
-- somebody checked it after the approval.
INSERT INTO reports_file AS f (application_id, office_code, employer_code, state, stage, sent_on, handed_in_on, closed_on,
                               hours, reasons)
SELECT a.id, a.office_id, coalesce(w.employer_code, ''), a.state,
       CASE WHEN a.state = 'approved' AND o.last_sign_in_at IS NOT NULL AND c.checked THEN 5
            WHEN a.state = 'approved' AND o.last_sign_in_at IS NOT NULL THEN 4
            WHEN a.state = 'approved' THEN 3
            WHEN a.form_received_at IS NOT NULL THEN 2
            ELSE 1 END,
       (a.submitted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
       (a.form_received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
       (a.closed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
       ceil(extract(epoch FROM a.closed_at - a.submitted_at) / 3600)::int,
       ARRAY(SELECT DISTINCT jsonb_array_elements_text(a.reasons) ORDER BY 1)
FROM registration_application a
LEFT JOIN accounts_account o ON o.person_id = a.person_id AND o.kind = 'citizen' AND a.state = 'approved'
LEFT JOIN LATERAL (
  SELECT true AS checked FROM audit_event e
  WHERE a.state = 'approved' AND e.subject_id = a.person_id AND e.kind = 'lookup.card_checked' AND e.at >= a.closed_at
  LIMIT 1
) c ON true
LEFT JOIN LATERAL (
  SELECT min(w.employer_code) AS employer_code FROM reports_worker w WHERE w.person_id = a.person_id
) w ON true
WHERE NOT a.is_trial
ON CONFLICT (application_id) DO UPDATE SET
  office_code = excluded.office_code, employer_code = excluded.employer_code, state = excluded.state,
  stage = excluded.stage, sent_on = excluded.sent_on, handed_in_on = excluded.handed_in_on,
  closed_on = excluded.closed_on, hours = excluded.hours, reasons = excluded.reasons
WHERE (f.office_code, f.employer_code, f.state, f.stage, f.sent_on, f.handed_in_on, f.closed_on, f.hours, f.reasons)
  IS DISTINCT FROM (excluded.office_code, excluded.employer_code, excluded.state, excluded.stage, excluded.sent_on,
                    excluded.handed_in_on, excluded.closed_on, excluded.hours, excluded.reasons)
