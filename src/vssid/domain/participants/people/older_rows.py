"""Rows of people that were put back by hand, value and version together: their own history contradicts them.

Each writing of a person keeps what it replaces, so the newest of what was kept names the run that wrote the
row of today; or the run that undid one, after which the row is what that one had replaced first.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

AT_ONCE = 10_000
# Along the primary keys of persons and their history.
_OLDER = """
SELECT p.person_id, p.is_older FROM (
  SELECT p.person_id, CASE
    WHEN undoing.undoes_id IS NULL THEN p.run_id <> newest.replaced_by OR EXISTS (
      SELECT 1 FROM participants_version own WHERE own.person_id = p.person_id AND own.record = 'person'
      AND own.record_id = p.person_id AND own.replaced_by = p.run_id
      AND (own.run_id, own.line) = (p.run_id, p.line))
    ELSE (p.run_id, p.line) IS DISTINCT FROM (
      SELECT (back.run_id, back.line) FROM participants_version back WHERE back.person_id = p.person_id
      AND back.record = 'person' AND back.record_id = p.person_id AND back.replaced_by = undoing.undoes_id
      ORDER BY back.id LIMIT 1)
    END AS is_older
  FROM (SELECT person_id, run_id, line FROM participants_person WHERE person_id > %s
        ORDER BY person_id LIMIT %s) p
  LEFT JOIN LATERAL (
    SELECT kept.replaced_by FROM participants_version kept WHERE kept.person_id = p.person_id
    AND kept.record = 'person' AND kept.record_id = p.person_id ORDER BY kept.id DESC LIMIT 1) newest ON true
  LEFT JOIN imports_run undoing ON undoing.id = newest.replaced_by
) p ORDER BY p.person_id
"""


def older() -> Iterator[int]:
    """The number of each person whose row is none that its history leads to; reads the whole register."""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_OLDER, [last, AT_ONCE])
            rows = cursor.fetchall()
        yield from (person_id for person_id, is_older in rows if is_older)
        if len(rows) < AT_ONCE:
            return
        last = rows[-1][0]
