"""Requests for children as lists show them: the queue, the left column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from vssid.domain.families import queries
from vssid.domain.families.models import ChildRequest
from vssid.domain.families.moves import CHILD, number_of
from vssid.domain.families.queries import RequestView
from vssid.kernel.actor import Actor

from ..casework import in_hand, turns
from ..casework.lists import NO_NAMES, SIDE_ROWS
from ..casework.turns import Turn
from ..casework.words import Words
from . import words

QUEUE = in_hand.Queue(
    "gia-dinh",
    CHILD,
    "officer:families",
    "officer:family",
    queries.waiting_at,
    _("hồ sơ của con"),
    lambda row: number_of(row.id),
    ("person_id", "id"),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A request as lists show it."""

    request: RequestView
    state_words: Words
    pill: str
    holder: str
    office: str
    turn: Turn | None
    assigned: str


def all_listed(
    rows: Iterable[ChildRequest], by: Actor, now: datetime, offices: Mapping[str, str] = NO_NAMES
) -> list[Listed]:
    """Rows of a list, with who has which in hand, and the offices by these names. Looks into no request, so
    nothing is audited.
    """
    rows = list(rows)
    at = {row.id: offices.get(row.office_id or "", "") for row in rows}
    requests = [queries.view_of(row, now) for row in rows]
    names = in_hand.holders(QUEUE, [request.id for request in requests], by=by, now=now)
    given = in_hand.assigned(QUEUE, [row.id for row in rows])
    whose = turns.of([(row.office_id or "", queries.changes_of(row)) for row in rows], now)
    return [
        Listed(
            request,
            *words.STATES[request.state],
            names.get(request.id, ""),
            at[request.id],
            turn,
            given.get(request.id, ""),
        )
        for request, turn in zip(requests, whose, strict=True)
    ]


def side(by: Actor, now: datetime) -> list[Listed]:
    """The left column: the open requests, the most urgent first."""
    return all_listed(queries.waiting_at(by.office)[:SIDE_ROWS], by, now)
