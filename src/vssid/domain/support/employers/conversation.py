"""Messages between an employer's HR and its office; the office may write first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from vssid.domain.vault import sealing as vault
from vssid.domain.verification import limits
from vssid.kernel.actor import Actor

from .. import notices, queries, writing
from ..models import Ticket
from ..notes import Written, already
from ..queries import Row
from ..states import State

SHOWN = 50


def send(what: Written, *, topic: str, office_code: str, by: Actor, now: datetime) -> int:
    """HR writes to the office; the id, the same for the same form. Raises Invalid, Limited."""
    writing.check(topic, office_code)
    scope = f"e{by.employer}"
    if (earlier := already(what, scope)) is not None:
        return earlier
    limits.hit("ticket_employer", by.employer, now=now)
    return writing.store(_new(by.employer, by.name, topic, office_code, now), what, scope, by=by, now=now)


def start(employer_code: str, what: Written, *, office_code: str, by: Actor, now: datetime) -> int:
    """An officer writes first, to whoever acts for the employer: it is for HR to answer. The same form twice
    is one. Who may is asked by the caller.
    """
    scope = f"o{by.id}.{employer_code}"
    if (earlier := already(what, scope)) is not None:
        return earlier
    told = {"state": State.ANSWERED, "read_at": now, "answered_at": now}
    ticket = _new(employer_code, "", "other", office_code, now, **told)
    return writing.store(ticket, what, scope, by=by, now=now)


def of(employer_code: str, now: datetime) -> list[Row]:
    """The messages of an employer, the newest first."""
    rows = Ticket.of_employers.filter(employer_code=employer_code).order_by("-created_at")
    return [queries.row_of(ticket, now) for ticket in rows[:SHOWN]]


def unread(employer_code: str) -> int:
    """How many wait for HR: answered, or written by the office, and not closed."""
    return Ticket.of_employers.filter(employer_code=employer_code, state=State.ANSWERED).count()


def _new(employer_code: str, name: str, topic: str, office: str, now: datetime, **more: Any) -> Ticket:
    ticket = writing.new(topic, office, now, **more)
    ticket.employer_code = employer_code
    ticket.sealed = vault.seal_json(ticket.id, notices.SENDER, {"name": name})
    return ticket
