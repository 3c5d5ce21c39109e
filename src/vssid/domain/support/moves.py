"""What a move of a message brings with it, in its transaction: audit event, notice to who wrote it."""

from __future__ import annotations

from dataclasses import replace

from vssid.domain.audit import actions as audit
from vssid.domain.casework.kinds import Act, Kind
from vssid.domain.offices.rights import Right

from . import notices
from .errors import NotOpenAnyMore
from .models import Ticket
from .states import MOVES, State

EVENTS = {
    "prove": "sent",
    "take": "taken",
    "answer": "answered",
    "write": "written",
    "forward": "forwarded",
    "close": "closed",
}
TOLD = {"prove": notices.RECEIVED, "answer": notices.ANSWERED}


def _was_first(ticket: Ticket) -> NotOpenAnyMore:
    return NotOpenAnyMore(state=ticket.state)


def _record(ticket: Ticket, act: Act) -> None:
    audit.record(f"ticket.{EVENTS[act.move]}", subject=ticket.id, by=act.by, now=act.now, facts=act.recorded)
    if kind := TOLD.get(act.move):
        notices.tell(ticket, kind, now=act.now)


def _of_person(ticket: Ticket) -> tuple[int, ...]:
    # Who wrote without an account, or for an employer, is nobody of the register.
    return () if ticket.person_id is None else (ticket.person_id,)


TICKET = Kind(
    "ticket",
    Ticket,
    MOVES,
    (State.CLOSED,),
    _was_first,
    _record,
    Right.SEE_MESSAGES,
    Right.ANSWER_MESSAGES,
    _of_person,
    unsent=(State.DRAFT,),
    # Answered, the next word is the person's; forwarded, it is another office's.
    put_down=("answer", "forward"),
)
# The same, as far as they are of employers: who follows employers reads and answers these, and no other.
EMPLOYERS_TICKET = replace(
    TICKET, look=Right.SEE_EMPLOYERS, decide=Right.FOLLOW_EMPLOYERS, manager="of_employers"
)
