-- The employers of a campaign, in reach, with how far each has come: planned, printed, posted, opened, in. Reads the targets of
-- the campaign by key and their newest invitations by key; the seats that administer, whole, which are few beside the targets.
WITH inside AS (
  SELECT s.employer_code, min(s.from_on) AS from_on FROM employers_seat s
  WHERE s.role = 'administrator' AND s.ended_at IS NULL AND s.from_on <= %(on)s
    AND (s.until_on IS NULL OR s.until_on >= %(on)s)
  GROUP BY s.employer_code
), told AS (
  SELECT t.employer_code AS code, t.office_code, t.people, t.letters, t.printed_at, t.posted_at, t.email,
    coalesce(t.opened_at, e.looked_at, e.used_at) AS opened_at, e.used_at, t.skipped,
    CASE
      WHEN e.used_at IS NOT NULL OR inside.employer_code IS NOT NULL THEN 4
      WHEN coalesce(t.opened_at, e.looked_at) IS NOT NULL THEN 3
      WHEN t.posted_at IS NOT NULL THEN 2
      WHEN t.letters > 0 THEN 1
      ELSE 0
    END AS step
  FROM employers_target t
  LEFT JOIN employers_entry e ON e.id = t.entry_id
  LEFT JOIN inside ON inside.employer_code = t.employer_code
  WHERE t.campaign_id = %(campaign)s AND t.office_code = ANY (%(offices)s)
    AND (%(employers)s::text[] IS NULL OR t.employer_code = ANY (%(employers)s)) AND t.employer_code <> ALL (%(without)s::text[])
)
