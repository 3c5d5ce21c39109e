"""Applications as lists show them: the queue, what a search found, the left column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from vssid.domain.registration import queries
from vssid.domain.registration.deciding import second_looks
from vssid.domain.registration.desk import counts
from vssid.domain.registration.models import Application
from vssid.domain.registration.moves import APPLICATION
from vssid.domain.registration.states import State
from vssid.infra.database.kept import Query, given
from vssid.infra.database.prepared import at_once
from vssid.infra.database.together import Read
from vssid.kernel.actor import Actor

from ..casework import in_hand, turns
from ..casework.lists import NO_NAMES, SIDE_ROWS
from ..casework.turns import Turn
from ..casework.words import Words
from ..counter import place
from ..counter.place import AT_COUNTER
from . import words

QUEUE = in_hand.Queue(
    "ho-so",
    APPLICATION,
    "officer:queue",
    "officer:file",
    queries.waiting_at,
    _("hồ sơ đăng ký"),
    past=second_looks.first_of,
    places={AT_COUNTER: place.of},
)
_SIDE = Query(lambda: queries.waiting_at(given("at"))[:SIDE_ROWS])


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as lists show it. `form_in`: the signed form was received, so its due day no longer counts."""

    id: int
    number: str
    full_name: str
    state_words: Words
    pill: str
    form_in: bool
    due_on: date
    days_left: int
    findings: int
    closed_at: datetime | None
    holder: str
    office: str
    turn: Turn | None
    assigned: str


def all_listed(
    rows: Iterable[Application], by: Actor, now: datetime, offices: Mapping[str, str] = NO_NAMES
) -> list[Listed]:
    """Rows of a list, with who has which in hand, and the offices by these names. Looks into no file, so
    nothing is audited.
    """
    rows = list(rows)
    ids = [row.id for row in rows]
    names = Read(lambda: in_hand.holders(QUEUE, ids, by=by, now=now))
    given = Read(lambda: in_hand.assigned(QUEUE, ids))
    whose = Read(lambda: turns.of([(row.office_id, queries.changes_of(row)) for row in rows], now))
    waits = Read(lambda: second_looks.waiting_among(ids))
    at_once(names, given, whose, waits)
    return [
        _listed(
            row,
            names.value.get(row.id, ""),
            offices.get(row.office_id, ""),
            turn,
            given.value.get(row.id, ""),
            now,
            waits=row.id in waits.value,
        )
        for row, turn in zip(rows, whose.value, strict=True)
    ]


def _listed(
    row: Application,
    holder: str,
    office: str,
    turn: Turn | None,
    assigned: str,
    now: datetime,
    *,
    waits: bool,
) -> Listed:
    file = queries.queue_row(row, now)
    state_words, pill = words.SECOND if waits else words.STATES[file.state]
    return Listed(
        id=file.id,
        number=file.number,
        full_name=file.full_name,
        state_words=state_words,
        pill=pill,
        form_in=file.state is State.RECEIVED,
        due_on=file.due_on,
        days_left=file.days_left,
        findings=file.findings,
        closed_at=file.closed_at,
        holder=holder,
        office=office,
        turn=turn,
        assigned=assigned,
    )


def side(by: Actor, now: datetime) -> dict[str, Any]:
    """The left column: counts and the open files, the most urgent first."""
    rows, counted = Read(lambda: _SIDE.rows(at=by.office)), Read(lambda: counts.at(by.office, now=now))
    at_once(rows, counted)
    return {"counts": counted.value, "side": all_listed(rows.value, by, now)}
