"""What an officer does with a message: take it, answer, close, forward. Another office's is NotYours."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.casework import claims
from vssid.domain.offices import queries as offices
from vssid.kernel.actor import Actor
from vssid.kernel.errors import NotYours

from . import notices
from .errors import SameOffice
from .keeping import Written, add_note, already, locked, move
from .models import Ticket
from .states import State


def take(ticket_id: int, *, by: Actor, now: datetime) -> None:
    """It is read and worked on; taking it twice is fine. Raises NotYours, NotOpenAnyMore, InOtherHands."""
    with transaction.atomic():
        ticket = _here(ticket_id, by, now)
        if ticket.state == State.READ:
            return
        move(ticket, "take")
        ticket.read_at = now
        ticket.save()
        audit.record("ticket.taken", subject=ticket_id, by=by, now=now)


def answer(ticket_id: int, what: Written, *, by: Actor, now: datetime) -> None:
    """Answer and tell the person; the same form twice is one.

    Raises NotYours, NotOpenAnyMore or InOtherHands.
    """
    with transaction.atomic():
        ticket = _here(ticket_id, by, now)
        if already(what, str(ticket_id)):
            return
        move(ticket, "answer")
        ticket.read_at, ticket.answered_at = ticket.read_at or now, now
        add_note(ticket, "officer", what, now=now, author=by.name)
        claims.release(claims.TICKET, ticket_id)
        audit.record("ticket.answered", subject=ticket_id, by=by, now=now)
        notices.tell(ticket, notices.ANSWERED, now=now)


def close(ticket_id: int, *, by: Actor, now: datetime) -> None:
    """Nothing more to do; closing twice is fine. Raises NotYours or InOtherHands."""
    with transaction.atomic():
        ticket = _here(ticket_id, by, now)
        if ticket.state == State.CLOSED:
            return
        move(ticket, "close")
        ticket.closed_at = now
        ticket.save()
        claims.release(claims.TICKET, ticket_id)
        audit.record("ticket.closed", subject=ticket_id, by=by, now=now)


def forward(ticket_id: int, to: str, *, by: Actor, now: datetime) -> None:
    """Give it to another office, unread there; its number and day stay. Raises as `answer`; SameOffice."""
    with transaction.atomic():
        ticket = _here(ticket_id, by, now)
        if to == ticket.office_id or not offices.exists(to):
            raise SameOffice
        move(ticket, "forward")
        ticket.office_id, ticket.read_at = to, None
        add_note(ticket, "forwarded", None, now=now, author=by.name)
        claims.release(claims.TICKET, ticket_id)
        facts = {"from": by.office, "to": to}
        audit.record("ticket.forwarded", subject=ticket_id, by=by, now=now, facts=facts)


def _here(ticket_id: int, by: Actor, now: datetime) -> Ticket:
    """The ticket at the officer's office, locked, that no colleague has in hand."""
    ticket = locked(ticket_id)
    if ticket.office_id != by.office or ticket.state == State.DRAFT:
        raise NotYours
    claims.guard(claims.TICKET, ticket_id, by=by, now=now)
    return ticket
