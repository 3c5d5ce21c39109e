-- The employers that a scope means on a day. Reads participants_employer by its key between two codes; moves, ends and seats
-- whole, which are few beside it; standing by its key, and whose an employer is by the index on it.
WITH moved AS (
  SELECT DISTINCT ON (s.employer_code) s.employer_code, s.office_id
  FROM employers_standing s
  JOIN participants_employer e ON e.code = s.employer_code AND e.office_code = s.left_office_id
  WHERE s.kind = 'moved' AND s.taken_back_at IS NULL AND s.from_on <= %(on)s
  ORDER BY s.employer_code, s.from_on DESC
), over AS (
  SELECT s.employer_code FROM employers_standing s
  WHERE s.kind <> 'moved' AND s.taken_back_at IS NULL AND s.from_on <= %(on)s
), inside AS (
  SELECT DISTINCT s.employer_code FROM employers_seat s
  WHERE s.role = 'administrator' AND s.ended_at IS NULL AND s.from_on <= %(on)s
    AND (s.until_on IS NULL OR s.until_on >= %(on)s)
), named AS MATERIALIZED (
  -- Industries are few beside the employers: the words of each are looked at once.
  SELECT DISTINCT industry FROM participants_employer WHERE %(industry)s <> '' AND industry <> ''
), industries AS (
  SELECT named.industry FROM named WHERE {words_of_industry} @@ %(industry)s::tsquery
), fitting AS (
  SELECT e.code, e.name, coalesce(moved.office_id, e.office_code) AS office_code, coalesce(c.people, 0) AS people,
    over.employer_code IS NOT NULL AS is_over, inside.employer_code IS NOT NULL AS is_in
  FROM participants_employer e
  LEFT JOIN moved ON moved.employer_code = e.code
  LEFT JOIN over ON over.employer_code = e.code
  LEFT JOIN inside ON inside.employer_code = e.code
  LEFT JOIN participants_employer_standing c ON c.employer_code = e.code
  WHERE coalesce(moved.office_id, e.office_code) = ANY (%(offices)s)
    AND e.code > %(after)s AND (%(upto)s = '' OR e.code <= %(upto)s)
    AND (%(size_from)s::int IS NULL OR coalesce(c.people, 0) >= %(size_from)s)
    AND (%(size_to)s::int IS NULL OR coalesce(c.people, 0) <= %(size_to)s)
    AND (%(officer)s::bigint IS NULL OR EXISTS (
      SELECT 1 FROM rollout_assignment a
      WHERE a.employer_code = e.code AND a.officer_id = %(officer)s AND a.ended_at IS NULL
        AND a.from_on <= %(on)s AND (a.until_on IS NULL OR a.until_on >= %(on)s)
    ))
    AND (%(area)s = '' OR {words_of_address} @@ %(area)s::tsquery)
    AND (%(industry)s = '' OR e.industry IN (SELECT industry FROM industries))
)
