"""Read correction requests: HR of its own employer, an office of its reach, which every query names."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import Actor

from ..alignment.kinds import Kind
from ..alignment.kinds import State as Said
from ..alignment.queries import Side
from ..models.corrections import Correction
from ..models.differences import Difference
from ..models.own_file import FileRow
from ..models.roster import RosterCount
from ..own_file.taking import ROW
from .states import ANSWERED, OPEN, State

# What HR may read of those that ended, and of how many.
ENDED_SHOWN = 10
TABS = {"open": OPEN, "answered": ANSWERED, "ended": frozenset({State.WITHDRAWN, State.GONE})}
DOCUMENTS = ("id_number", "old_id_number", "person_number")
# Both sides of some requests, all by keys; of a difference that is no more the file says nothing.
_SIDES = """
SELECT c.id, e.name, p.full_name, p.birth_date, p.birth_precision, p.bhxh_code,
  r.full_name, r.birth_date, r.birth_precision, r.bhxh_code, r.subject_id, r.line
FROM employers_correction c
JOIN participants_employer e ON e.code = c.employer_code
LEFT JOIN participants_person p ON p.person_id = c.person_id
LEFT JOIN employers_difference d ON d.id = c.difference_id
LEFT JOIN employers_file_row r ON r.subject_id = d.subject_id AND r.line = d.line
WHERE c.id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as both sides see it. `by`: who has it or answered, empty while nobody has."""

    id: int
    number: str
    employer_code: str
    kind: Kind
    state: State
    sent_at: datetime
    sent_by: str
    at: datetime
    by: str
    reasons: tuple[str, ...]
    text: str

    @property
    def is_open(self) -> bool:
        """Does it lie at the office?"""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Sides:
    """About whom a request is, and what both sides say. `row`: where the file says it."""

    employer_name: str
    register: Side | None
    file: Side | None
    row: tuple[int, int] | None

    @property
    def name(self) -> str:
        """Of the register, else of the file; empty once neither is there."""
        side = self.register or self.file
        return side.full_name if side else ""


def of_differences(employer: str, differences: Collection[int]) -> dict[int, Request]:
    """The newest request about each of some differences of an employer."""
    rows = Correction.objects.filter(employer_id=employer, difference_id__in=list(differences))
    return {row.difference_id: view(row) for row in rows.order_by("id")}


def differ_still(requests: Iterable[Request]) -> frozenset[int]:
    """Of some requests about what differs those that were mended before the register came in again: these may
    be sent anew.
    """
    aligned = RosterCount.objects.values_list("aligned_at", flat=True).first()
    mended = (one for one in requests if one.state is State.MENDED)
    return frozenset(one.id for one in mended if aligned is not None and one.at < aligned)


def ended(employer: str) -> list[Request]:
    """What ended lately of an employer, the newest first."""
    rows = Correction.objects.filter(employer_id=employer, closed_at__isnull=False)
    return [view(row) for row in rows.order_by("-closed_at", "-id")[:ENDED_SHOWN]]


def unsent(employer: str, kind: Kind) -> int:
    """How many differences of a kind HR neither sent nor mends in its own file."""
    rows = Difference.objects.filter(employer_code=employer, kind=kind).exclude(state=Said.FILE)
    known = Correction.objects.filter(employer_id=employer).exclude(state=State.WITHDRAWN)
    return rows.exclude(id__in=known.values("difference_id")).count()


def within(by: Actor, tab: str, *, employer: str = "") -> QuerySet[Correction]:
    """The requests of a tab in the officer's reach: those that wait the longest first, else the newest."""
    rows = Correction.objects.filter(policy.within(by, Right.SEE_EMPLOYERS), state__in=TABS[tab])
    if employer:
        rows = rows.filter(employer_id=employer)
    return rows.order_by("sent_at", "id") if tab == "open" else rows.order_by("-closed_at", "-id")


def waiting_at(office: str) -> QuerySet[Correction]:
    """What lies at an office."""
    return Correction.objects.filter(Q(office_id=office), state__in=OPEN)


def sides(requests: Collection[int]) -> dict[int, Sides]:
    """Both sides of some requests, which the caller may see."""
    with connection.cursor() as cursor:
        cursor.execute(_SIDES, [list(requests)])
        rows = cursor.fetchall()
    return {row[0]: _sides(row) for row in rows}


def documents(row: tuple[int, int] | None) -> dict[str, str]:
    """The numbers of documents that a row of a file says; none once the file is put away."""
    if row is None:
        return {}
    subject, line = row
    kept = FileRow.objects.filter(subject_id=subject, line=line).first()
    if kept is None:
        return {}
    told = json.loads(vault.unseal(subject, ROW, kept.sealed, row=line))
    return {name: told[name] for name in DOCUMENTS if told.get(name)}


def view(row: Correction) -> Request:
    """The view of one row."""
    at, by = row.sent_at, ""
    if row.taken_at:
        at, by = row.taken_at, row.taken_by
    if row.closed_at:
        at, by = row.closed_at, row.closed_by
    return Request(
        row.id,
        row.number,
        row.employer_id,
        Kind(row.kind),
        State(row.state),
        row.sent_at,
        row.sent_by,
        at,
        by,
        tuple(row.reasons),
        row.reason_text,
    )


def _sides(row: Sequence[Any]) -> Sides:
    place = (row[10], row[11]) if row[11] is not None else None
    return Sides(row[1], _side(row[2:6]), _side(row[6:10]), place)


def _side(said: Sequence[Any]) -> Side | None:
    return Side(*said) if said[0] is not None else None
