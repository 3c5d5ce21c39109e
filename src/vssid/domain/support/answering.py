"""What an officer does with a message: take it, answer, close, forward. Another office's is NotYours."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from vssid.domain.casework import desk, moves
from vssid.domain.casework.kinds import Act, Kind
from vssid.domain.offices import queries as offices
from vssid.kernel.actor import Actor

from .errors import SameOffice
from .moves import TICKET
from .notes import Written, add_note, already
from .states import State


def take(ticket_id: int, *, by: Actor, now: datetime) -> None:
    """It is read and worked on; taking it twice is fine. Raises NotYours, NotOpenAnyMore, InOtherHands."""
    with transaction.atomic():
        ticket = desk.lock_free(TICKET, ticket_id, by=by, now=now)
        if ticket.state != State.READ:
            moves.move(TICKET, ticket, Act("take", by, now), read_at=now)


def answer(ticket_id: int, what: Written, *, by: Actor, now: datetime, kind: Kind[Any] = TICKET) -> None:
    """Answer and tell the person; the same form twice is one. `kind`: as whose file it is answered.

    Raises NotYours, NotOpenAnyMore or InOtherHands.
    """
    with transaction.atomic():
        ticket = desk.lock_free(kind, ticket_id, by=by, now=now)
        if already(what, str(ticket_id)):
            return
        read_at = ticket.read_at or now
        moves.move(kind, ticket, Act("answer", by, now), read_at=read_at, answered_at=now)
        add_note(ticket, "officer", what, now=now, author=by.name)


def close(ticket_id: int, *, by: Actor, now: datetime, kind: Kind[Any] = TICKET) -> None:
    """Nothing more to do; closing twice is fine. Raises NotYours or InOtherHands."""
    with transaction.atomic():
        ticket = desk.lock_free(kind, ticket_id, by=by, now=now)
        if ticket.state != State.CLOSED:
            moves.move(kind, ticket, Act("close", by, now))


def forward(ticket_id: int, to: str, *, by: Actor, now: datetime) -> None:
    """Give it to another office, unread there; its number and day stay. Raises as `answer`; SameOffice."""
    with transaction.atomic():
        ticket = desk.lock_free(TICKET, ticket_id, by=by, now=now)
        if to == ticket.office_id or not offices.exists(to):
            raise SameOffice
        act = Act("forward", by, now, facts={"from": by.office, "to": to})
        moves.move(TICKET, ticket, act, office_id=to, read_at=None)
        add_note(ticket, "forwarded", None, now=now, author=by.name)
