"""What HR does: send differences to the office, one or many with one act, and take a request back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from vssid.domain.audit import actions as audit
from vssid.domain.casework import moves
from vssid.domain.casework.kinds import Act
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours

from ..alignment import saying
from ..alignment.kinds import Kind
from ..alignment.kinds import State as Said
from ..models.corrections import SEQUENCE, Correction
from ..models.differences import Difference
from ..standing import queries as standing
from .errors import NoOffice
from .moves import CORRECTION, facts_of, in_order_of_lanes, subject_of

# Of some differences those that do not lie at the office, were not answered "as it is", and of which no
# mended one still waits for the next file of the register. Both tables by their keys. What was sent at the
# same time is the other's: it is left out.
_SEND = f"""
INSERT INTO employers_correction AS c
  (number, employer_code, office_id, difference_id, kind, person_id, subject_id, state, sent_at, sent_by)
SELECT 'SD-' || %(year)s || '-' || lpad(n.at::text, greatest(6, length(n.at::text)), '0'),
  d.employer_code, %(office)s, d.id, d.kind, d.person_id, d.subject_id, 'sent', %(now)s, %(by)s
FROM employers_difference d
CROSS JOIN LATERAL (SELECT nextval('{SEQUENCE}') AS at WHERE d.id IS NOT NULL) n
WHERE d.id = ANY(%(ids)s) AND NOT EXISTS (
  SELECT 1 FROM employers_correction s WHERE s.difference_id = d.id AND (
    s.state IN ('sent', 'taken', 'as_it_is') OR s.state = 'mended' AND NOT EXISTS (
      SELECT 1 FROM employers_roster_count r WHERE r.aligned_at > s.closed_at
    )
  )
)
ON CONFLICT (difference_id) WHERE state IN ('sent', 'taken') DO NOTHING
RETURNING c.id
"""  # noqa: S608 - words of ours


@dataclass(frozen=True, slots=True)
class Sent:
    """How many requests were made, and how many of the chosen differences lie or lay there before."""

    made: int
    before: int


def send(employer: str, differences: Collection[int], *, by: Actor, now: datetime) -> Sent:
    """Send these differences of an employer. One that is not there (any more) raises NotYours; NoOffice."""
    ids = sorted(set(differences))
    with transaction.atomic():
        there = _locked(employer, id__in=ids)
        if not ids or there != ids:
            raise NotYours
        made = _insert(employer, ids, by, now)
    return Sent(made, len(ids) - made)


def send_all(employer: str, kind: Kind, *, by: Actor, now: datetime) -> Sent:
    """Send all of one kind that HR does not mend in its own file. Raises NoOffice."""
    said = (Said.OPEN, Said.REGISTER)
    with transaction.atomic():
        ids = _locked(employer, kind=kind, state__in=said)
        made = _insert(employer, ids, by, now)
    return Sent(made, len(ids) - made)


def withdraw(correction_id: int, employer: str, *, by: Actor, now: datetime) -> None:
    """HR takes a request back. Raises NotYours, or AlreadyClosed when the office was first."""
    with transaction.atomic():
        row = Correction.objects.select_for_update().filter(id=correction_id, employer_id=employer).first()
        if row is None:
            raise NotYours
        moves.move(CORRECTION, row, Act("withdraw", by, now))


def _locked(employer: str, **which: Any) -> list[int]:
    """The differences, locked: an alignment that finds them gone waits, and then ends their requests."""
    rows = Difference.objects.select_for_update(no_key=True).filter(employer_code=employer, **which)
    return list(rows.order_by("id").values_list("id", flat=True))


def _insert(employer: str, ids: list[int], by: Actor, now: datetime) -> int:
    office = standing.office_of(employer, on=local_day(now))
    if not office:
        raise NoOffice
    year, name = str(local_day(now).year), by.name[:120]
    with connection.cursor() as cursor:
        cursor.execute(_SEND, {"office": office, "year": year, "by": name, "now": now, "ids": ids})
        numbers = [row[0] for row in cursor.fetchall()]
    made = in_order_of_lanes(Correction.objects.filter(id__in=numbers))
    saying.blame_register([row.difference_id for row in made], by=by, now=now)
    for row in made:
        facts, subject = facts_of(row), subject_of(row)
        audit.record("correction.sent", subject=subject, by=by, now=now, facts=facts, office=office)
    return len(made)
