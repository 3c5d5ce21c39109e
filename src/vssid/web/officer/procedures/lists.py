"""Requests as lists show them: the queue, the left column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from vssid.domain.procedures import queries
from vssid.domain.procedures.definition.shapes import Words
from vssid.domain.procedures.models import Request
from vssid.domain.procedures.moves import REQUEST
from vssid.domain.procedures.queries import Status
from vssid.kernel.actor import Actor

from ..casework import in_hand, turns
from ..casework.lists import NO_NAMES, SIDE_ROWS
from ..casework.turns import Turn
from . import words

QUEUE = in_hand.Queue(
    "dich-vu",
    REQUEST,
    "officer:requests",
    "officer:request",
    queries.waiting_at,
    _("dịch vụ công"),
    keys=("person_id", "id"),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A request as lists show it."""

    status: Status
    full_name: str
    state_words: Words
    pill: str
    holder: str
    office: str
    turn: Turn | None
    assigned: str


def all_listed(
    rows: Iterable[Request], by: Actor, now: datetime, offices: Mapping[str, str] = NO_NAMES
) -> list[Listed]:
    """Rows of a list, with who has which in hand, and the offices by these names. Looks into nothing, so
    nothing is audited.
    """
    rows = list(rows)
    names = in_hand.holders(QUEUE, [row.id for row in rows], by=by, now=now)
    given = in_hand.assigned(QUEUE, [row.id for row in rows])
    listed, changes = [], queries.changes_of(rows)
    whose = turns.of([(row.office_id or "", changes[row.person_id, row.id]) for row in rows], now)
    for row, turn in zip(rows, whose, strict=True):
        status, office = queries.status_of(row, now), offices.get(row.office_id or "", "")
        state, pill = words.STATES[status.state]
        listed.append(
            Listed(
                status, row.full_name, state, pill, names.get(row.id, ""), office, turn, given.get(row.id, "")
            )
        )
    return listed


def side(by: Actor, now: datetime) -> dict[str, Any]:
    """The left column: figures and the open requests, the most urgent first."""
    rows = queries.waiting_at(by.office)[:SIDE_ROWS]
    return {"counts": queries.counts_at(by.office, now=now), "side": all_listed(rows, by, now)}
