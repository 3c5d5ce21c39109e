"""A hand-over list: the numbers of the forms that should be in a pile, ticked off as each is scanned.

Taking a form in is the same as without a list (`desk.receiving`); the list tells besides what is missing from
the pile and what lies in it that the list does not name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from vssid.domain.audit import actions as audit
from vssid.domain.casework import numbers
from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.kernel.actor import Actor
from vssid.kernel.errors import DomainError, Invalid, NotYours
from vssid.kernel.input_methods import readings

from ..desk import receiving
from ..desk.receiving import Outcome, Receipt
from ..desk.search import NUMBER
from ..models import HandoverCounter, HandoverLine, HandoverList
from ..queries import normal_number
from . import list_numbers

MOST = 300  # forms a list; a pile of more is two
SHOWN = 50
_BETWEEN = re.compile(r"[\s,;]+")


class BadNumbers(DomainError):
    """Of what was typed these are no numbers of files: `numbers`, the first few."""

    code = "bad_numbers"

    def __init__(self, *, numbers: tuple[str, ...]) -> None:
        super().__init__(numbers=numbers)
        self.numbers = numbers


class ListClosed(DomainError):
    """The list was ended; nothing is ticked off on it any more."""

    code = "list_closed"


@dataclass(frozen=True, slots=True)
class Line:
    """One number. `outcome`: of its last scan, empty while it is missing; `is_listed`: the list names it."""

    number: str
    is_listed: bool
    outcome: str
    scanned_at: datetime | None


@dataclass(frozen=True, slots=True)
class ListView:
    """A list with its lines, in the order it was written in; what it does not name comes last."""

    id: int
    number: str
    made_at: datetime
    made_by: str
    closed_at: datetime | None
    closed_by: str
    lines: tuple[Line, ...]
    employer_code: str = ""
    is_cancelled: bool = False

    @property
    def missing(self) -> list[Line]:
        """Named, and not scanned yet."""
        return [line for line in self.lines if line.is_listed and not line.outcome]

    @property
    def extra(self) -> list[Line]:
        """Scanned, and not named."""
        return [line for line in self.lines if not line.is_listed]

    @property
    def differing(self) -> list[Line]:
        """Named and scanned, and yet not simply received now."""
        return [line for line in self.lines if line.is_listed and line.outcome not in ("", Outcome.RECEIVED)]

    @property
    def listed(self) -> int:
        """How many it names."""
        return sum(line.is_listed for line in self.lines)


def make(typed: str, *, by: Actor, now: datetime) -> int:
    """A list of these numbers, between which are spaces, commas or line ends; one named twice counts once.

    Raises NotAllowed, BadNumbers, or Invalid(numbers=required | too_many).
    """
    policy.require(by, Right.CHECK_PAPERS, by.office)
    words = [word for word in _BETWEEN.split(typed) if word]
    read = list(dict.fromkeys(normal_number(word) for word in words))
    if bad := [word for word in words if not NUMBER.fullmatch(normal_number(word))]:
        raise BadNumbers(numbers=tuple(bad[:5]))
    if not read or len(read) > MOST:
        raise Invalid(numbers="too_many" if read else "required")
    return keep(read, office=by.office, by=by, now=now)


def keep(forms: Sequence[str], *, office: str, by: Actor, now: datetime, employer: str = "") -> int:
    """Write a list of these numbers at an office; who calls has seen to the right. Returns its id."""
    with transaction.atomic():
        number = list_numbers.whole(numbers.next_at(HandoverCounter, office, now=now))
        row = HandoverList.objects.create(
            number=number, office_id=office, made_at=now, made_by=by.name[:120], employer_code=employer
        )
        lines = [HandoverLine(handover=row, position=at, number=each) for at, each in enumerate(forms, 1)]
        HandoverLine.objects.bulk_create(lines)
        facts = {"forms": len(forms)}
        audit.record("handover.made", subject=row.id, by=by, now=now, facts=facts, office=office)
    return row.id


def by_number(scanned: str, *, by: Actor) -> int | None:
    """The list of the own office with this number; None for none, or when it was misread."""
    number = list_numbers.read(scanned)
    row = _of_office(by).filter(number=number).first() if number else None
    return row.id if row else None


def office_of(scanned: str) -> str:
    """The office at which there is a list of this number; empty for none."""
    number = list_numbers.read(scanned)
    rows = HandoverList.objects.filter(number=number or "")
    return rows.values_list("office_id", flat=True).first() or ""


def latest(*, by: Actor) -> list[tuple[HandoverList, int, int]]:
    """The own office's lists, the newest first: each with how many it names and how many are missing."""
    rows = _of_office(by).annotate(
        listed=Count("lines", filter=Q(lines__is_listed=True)),
        missing=Count("lines", filter=Q(lines__is_listed=True, lines__outcome="")),
    )
    return [(row, row.listed, row.missing) for row in rows.order_by("-made_at", "-id")[:SHOWN]]


def view(list_id: int, *, by: Actor) -> ListView:
    """One list of the own office. Raises NotYours."""
    row = _of_office(by).filter(id=list_id).first()
    if row is None:
        raise NotYours
    return view_of(row)


def view_of(row: HandoverList) -> ListView:
    """A list that may be seen, with its lines."""
    lines = row.lines.order_by("position")
    return ListView(
        row.id,
        row.number,
        row.made_at,
        row.made_by,
        row.closed_at,
        row.closed_by,
        tuple(Line(line.number, line.is_listed, line.outcome, line.scanned_at) for line in lines),
        row.employer_code,
        row.is_cancelled,
    )


def receive(
    list_id: int, scanned: str, *, by: Actor, now: datetime, again: bool = False, unsigned: bool = False
) -> tuple[Receipt, bool]:
    """Take a form in and tick it off; what became of it, and whether the list names it.

    `unsigned`: the sheet bears no signature and is given back instead, also when this pile had it received.
    Raises NotYours, NotAllowed or ListClosed. `again` as in `receiving.receive`.
    """
    _open(list_id, by)
    if unsigned:
        receipt = receiving.give_back(scanned, by=by, now=now, received_here=_has_received(list_id, scanned))
    else:
        receipt = receiving.receive(scanned, by=by, now=now, again=again)
    if receipt.outcome is Outcome.UNKNOWN and not NUMBER.fullmatch(receipt.number):
        return receipt, False  # nothing that a list could name
    with transaction.atomic():
        # Locked: of two scanners at one list each line is written once, in its place.
        row = _open(list_id, by, lock=True)
        lines = HandoverLine.objects.filter(handover=row, number=receipt.number)
        line = lines.first()
        if line is None:
            position = HandoverLine.objects.filter(handover=row).count() + 1
            HandoverLine.objects.create(
                handover=row,
                position=position,
                number=receipt.number,
                is_listed=False,
                outcome=receipt.outcome,
                scanned_at=now,
            )
            return receipt, False
        # The same sheet once more says nothing new of what became of it.
        if not (line.outcome and receipt.outcome is Outcome.TWICE):
            lines.update(outcome=receipt.outcome, scanned_at=now)
        return receipt, line.is_listed


def close(list_id: int, *, by: Actor, now: datetime) -> bool:
    """End the list as it stands; twice is fine. Was it ended now? Raises NotYours or NotAllowed."""
    policy.require(by, Right.CHECK_PAPERS, by.office)
    with transaction.atomic():
        before = view(list_id, by=by)
        rows = HandoverList.objects.filter(id=list_id, closed_at=None)
        ended = bool(rows.update(closed_at=now, closed_by=by.name[:120]))
        if ended:
            facts = {"missing": len(before.missing), "extra": len(before.extra)}
            audit.record("handover.closed", subject=list_id, by=by, now=now, facts=facts)
    return ended


def _has_received(list_id: int, scanned: str) -> bool:
    lines = HandoverLine.objects.filter(handover_id=list_id, outcome=Outcome.RECEIVED)
    return lines.filter(number__in=[normal_number(text) for text in readings(scanned.strip())]).exists()


def _of_office(by: Actor) -> QuerySet[HandoverList]:
    return HandoverList.objects.filter(policy.within(by, Right.CHECK_PAPERS))


def _open(list_id: int, by: Actor, *, lock: bool = False) -> HandoverList:
    """The open list, its row locked in the caller's transaction on wish. Raises NotYours or ListClosed."""
    rows = _of_office(by).filter(id=list_id)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NotYours
    if row.closed_at is not None:
        raise ListClosed
    return row
