, pair AS (
  SELECT m.person_id, m.subject_id, m.line, m.rank, m.by_merged_code, r.full_name, r.birth_date, r.bhxh_code,
    r.id_kind, r.id_key, r.old_id_kind, r.old_id_key, p.full_name AS known_name, p.birth_date AS known_birth,
    'p' || m.person_id AS about, w.sort_name,
    CASE WHEN 'year' IN (r.birth_precision, p.birth_precision) THEN 'year'
         WHEN 'month' IN (r.birth_precision, p.birth_precision) THEN 'month' ELSE 'day' END AS precision,
    count(*) OVER (PARTITION BY m.person_id, m.file_id) AS rows_of_file, m.turn
  FROM match m
  JOIN row r ON r.subject_id = m.subject_id AND r.line = m.line
  JOIN participants_person p ON p.person_id = m.person_id
  JOIN reports_worker w ON w.person_id = m.person_id AND w.employer_code = %(employer)s
), one AS (
  SELECT * FROM pair WHERE turn = 1
)
SELECT 'name' AS kind, about, sort_name, person_id, subject_id, line, full_name, known_name FROM one
WHERE full_name <> known_name
UNION ALL
SELECT 'birth_date', about, sort_name, person_id, subject_id, line, '', '' FROM one
WHERE date_trunc(precision, birth_date) <> date_trunc(precision, known_birth)
UNION ALL
SELECT 'id_number', about, sort_name, person_id, subject_id, line, '', '' FROM one
WHERE id_key <> '' AND NOT EXISTS (
  SELECT 1 FROM participants_identifier i
  WHERE i.kind = one.id_kind AND i.key = one.id_key AND i.person_id = one.person_id
)
UNION ALL
-- An old number that the register has not, or the old one given for today's.
SELECT 'old_id', about, sort_name, person_id, subject_id, line, '', '' FROM one
WHERE (old_id_key <> '' AND NOT EXISTS (
  SELECT 1 FROM participants_identifier i
  WHERE i.kind = one.old_id_kind AND i.key = one.old_id_key AND i.person_id = one.person_id
)) OR (id_kind = 'cmnd' AND EXISTS (
  SELECT 1 FROM participants_identifier i
  WHERE i.kind = one.id_kind AND i.key = one.id_key AND i.person_id = one.person_id
) AND EXISTS (
  SELECT 1 FROM participants_identifier c WHERE c.person_id = one.person_id AND c.kind = 'cccd'
))
UNION ALL
-- A code that was merged into another, one that is not the worker's, or two rows of one worker.
SELECT 'two_codes', about, sort_name, person_id, subject_id, line, '', '' FROM one
WHERE by_merged_code OR (rank > 1 AND bhxh_code <> '') OR rows_of_file > 1
UNION ALL
SELECT * FROM (
  SELECT DISTINCT ON (about) 'not_insured', n.about, n.sort_name, NULL::bigint, n.subject_id, n.line, '', ''
  FROM (
    SELECT r.*, regexp_replace(r.name_folded, '^(.*) ([^ ]+)$', '\2 \1') AS sort_name,
      CASE WHEN r.bhxh_code <> '' THEN 'bhxh:' || r.bhxh_code WHEN r.id_key <> '' THEN r.id_kind || ':' || r.id_key
           ELSE 'born:' || r.birth_date || ':' || r.name_folded END AS about
    FROM row r
    WHERE NOT EXISTS (SELECT 1 FROM match m WHERE m.subject_id = r.subject_id AND m.line = r.line)
  ) n
  ORDER BY about, file_id DESC, line
) nobody
UNION ALL
SELECT 'missing', 'p' || w.person_id, w.sort_name, w.person_id, NULL, NULL, '', '' FROM reports_worker w
WHERE w.employer_code = %(employer)s AND cardinality(%(files)s::bigint[]) > 0
  AND NOT EXISTS (SELECT 1 FROM match m WHERE m.person_id = w.person_id)
