"""Applications as lists show them: the queue, what a search found, the left column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from vssid.domain.registration import queries
from vssid.domain.registration.models import Application
from vssid.domain.registration.moves import APPLICATION
from vssid.domain.registration.states import State
from vssid.kernel.actor import Actor

from ..casework import in_hand
from ..casework.lists import NO_NAMES, SIDE_ROWS
from ..casework.words import Words, waiting
from . import words

QUEUE = in_hand.Queue("ho-so", APPLICATION, "officer:queue", "officer:file", queries.waiting_at)


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
    waited: str
    findings: int
    closed_at: datetime | None
    holder: str
    office: str


def all_listed(
    rows: Iterable[Application], by: Actor, now: datetime, offices: Mapping[str, str] = NO_NAMES
) -> list[Listed]:
    """Rows of a list, with who has which in hand, and the offices by these names. Looks into no file, so
    nothing is audited.
    """
    rows = list(rows)
    names = in_hand.holders(QUEUE, [row.id for row in rows], by=by, now=now)
    return [_listed(row, names.get(row.id, ""), offices.get(row.office_id, ""), now) for row in rows]


def _listed(row: Application, holder: str, office: str, now: datetime) -> Listed:
    file = queries.queue_row(row, now)
    state_words, pill = words.STATES[file.state]
    waited = waiting(file.submitted_at if file.closed_at else file.waiting_since, file.closed_at or now)
    return Listed(
        id=file.id,
        number=file.number,
        full_name=file.full_name,
        state_words=state_words,
        pill=pill,
        form_in=file.state is State.RECEIVED,
        due_on=file.due_on,
        days_left=file.days_left,
        waited=waited,
        findings=file.findings,
        closed_at=file.closed_at,
        holder=holder,
        office=office,
    )


def side(by: Actor, now: datetime) -> dict[str, Any]:
    """The left column: counts and the open files, the most urgent first."""
    rows = queries.waiting_at(by.office)[:SIDE_ROWS]
    return {"counts": queries.counts_at(by.office, now=now), "side": all_listed(rows, by, now)}
