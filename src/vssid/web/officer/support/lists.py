"""Messages as lists show them: the queue, the left column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from vssid.domain.support import queries
from vssid.domain.support.models import Ticket
from vssid.domain.support.moves import TICKET
from vssid.domain.support.queries import Row
from vssid.kernel.actor import Actor
from vssid.web.ui.words import ticket_words

from ..casework import in_hand, turns
from ..casework.lists import NO_NAMES, SIDE_ROWS
from ..casework.turns import Turn
from ..casework.words import Words

QUEUE = in_hand.Queue(
    "tin-nhan",
    TICKET,
    "officer:tickets",
    "officer:ticket",
    lambda office: queries.queue(office, "waiting"),
    _("phản ánh"),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A message as lists show it."""

    row: Row
    topic: Words
    state: Words
    pill: str
    turn: Turn | None
    holder: str
    office: str
    assigned: str


def all_listed(
    tickets: Iterable[Ticket], by: Actor, now: datetime, offices: Mapping[str, str] = NO_NAMES
) -> list[Listed]:
    """Lines of a list, with who has which in hand, and the offices by these names; opens no text, so nothing
    is audited.
    """
    rows = list(tickets)
    names = in_hand.holders(QUEUE, [ticket.id for ticket in rows], by=by, now=now)
    given = in_hand.assigned(QUEUE, [row.id for row in rows])
    whose = turns.of([(row.office_id, queries.changes_of(row)) for row in rows], now)
    return [
        _listed(row, turn, names.get(row.id, ""), offices.get(row.office_id, ""), given.get(row.id, ""), now)
        for row, turn in zip(rows, whose, strict=True)
    ]


def _listed(
    ticket: Ticket, turn: Turn | None, holder: str, office: str, assigned: str, now: datetime
) -> Listed:
    row = queries.row_of(ticket, now)
    state, pill = ticket_words.STATES[row.state]
    return Listed(row, ticket_words.TOPICS[row.topic], state, pill, turn, holder, office, assigned)


def side(by: Actor, now: datetime) -> list[Listed]:
    """The left column of a conversation: what waits, the most urgent first."""
    return all_listed(queries.queue(by.office, "waiting")[:SIDE_ROWS], by, now)
