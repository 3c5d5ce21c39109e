"""Messages between an employer's HR and its office, as the officer who follows the employer has them."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.casework import desk
from vssid.domain.support import answering, looks
from vssid.domain.support.employers import conversation
from vssid.domain.support.moves import EMPLOYERS_TICKET
from vssid.domain.support.notes import Written
from vssid.domain.support.queries import Sender, Thread
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours

from . import policy
from .errors import NobodyIn
from .seats import queries as seats


def begin(code: str, what: Written, *, by: Actor, now: datetime) -> int:
    """Write to the employer's HR first; the id of the message. Raises NotYours, NotAllowed or NobodyIn."""
    office = policy.followed(code, by=by, now=now)
    if not seats.live(local_day(now)).filter(employer_id=code).exists():
        raise NobodyIn
    return conversation.start(code, what, office_code=office, by=by, now=now)


def look_at(ticket_id: int, code: str, *, by: Actor, now: datetime) -> tuple[Thread, Sender]:
    """A message of the employer with all that was written; the look is an event. Raises NotYours."""
    _of(ticket_id, code, by)
    return looks.look_at(ticket_id, by=by, now=now, kind=EMPLOYERS_TICKET)


def answer(ticket_id: int, code: str, what: Written, *, by: Actor, now: datetime) -> None:
    """Answer HR; the same form twice is one. Raises NotYours, NotAllowed, NotOpenAnyMore or InOtherHands."""
    _of(ticket_id, code, by)
    answering.answer(ticket_id, what, by=by, now=now, kind=EMPLOYERS_TICKET)


def close(ticket_id: int, code: str, *, by: Actor, now: datetime) -> None:
    """Nothing more to do; twice is fine. Raises NotYours, NotAllowed or InOtherHands."""
    _of(ticket_id, code, by)
    answering.close(ticket_id, by=by, now=now, kind=EMPLOYERS_TICKET)


def _of(ticket_id: int, code: str, by: Actor) -> None:
    if desk.find(EMPLOYERS_TICKET, ticket_id, by=by).employer_code != code:
        raise NotYours
