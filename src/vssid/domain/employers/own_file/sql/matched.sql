-- Rows of an employer's files, and which of its workers each is. Reads the files' rows by key, identifiers by key, workers by
-- key (employers_worker_listed for those known by name and birth date alone). Whoever does not work here is nobody: an
-- identifier that leads to somebody else gives the same as one that leads nowhere.
row AS (
  SELECT f.id AS file_id, r.* FROM employers_own_file f
  JOIN employers_file_row r ON r.subject_id = f.subject_id
  WHERE f.employer_code = %(employer)s AND f.id = ANY(%(files)s)
), keyed AS (
  SELECT r.subject_id, r.line, r.file_id, k.rank, w.person_id, i.merged_id IS NOT NULL AS by_merged_code
  FROM row r
  CROSS JOIN LATERAL (VALUES
    (1, 'bhxh', r.bhxh_code), (2, r.id_kind, r.id_key), (3, r.old_id_kind, r.old_id_key)
  ) k (rank, kind, key)
  JOIN participants_identifier i ON i.kind = k.kind AND i.key = k.key
  JOIN reports_worker w ON w.person_id = i.person_id AND w.employer_code = %(employer)s
), named AS (
  SELECT r.subject_id, r.line, r.file_id, 4 AS rank, min(w.person_id) AS person_id, false AS by_merged_code
  FROM row r
  JOIN reports_worker w ON w.employer_code = %(employer)s
    AND w.sort_name = regexp_replace(r.name_folded, '^(.*) ([^ ]+)$', '\2 \1')
  JOIN participants_person p ON p.person_id = w.person_id
    AND p.birth_date = r.birth_date AND p.birth_precision = r.birth_precision
  WHERE NOT EXISTS (SELECT 1 FROM keyed k WHERE k.subject_id = r.subject_id AND k.line = r.line)
  GROUP BY r.subject_id, r.line, r.file_id
  HAVING count(*) = 1
), best AS (
  SELECT DISTINCT ON (subject_id, line) * FROM (SELECT * FROM keyed UNION ALL SELECT * FROM named) any_way
  ORDER BY subject_id, line, rank
), match AS (
  -- Of several rows of one person the newest file's counts, in it the surest.
  SELECT b.*, row_number() OVER (PARTITION BY b.person_id ORDER BY b.file_id DESC, b.rank, b.line) AS turn
  FROM best b
)
