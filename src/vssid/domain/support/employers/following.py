"""Messages of an employer go to another office with it: what waits there is unread, the rest as it was."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.audit import actions as audit
from vssid.domain.casework import moves
from vssid.domain.casework.kinds import Act
from vssid.kernel.actor import Actor

from ..models import Ticket
from ..moves import EMPLOYERS_TICKET
from ..notes import add_note
from ..states import OPEN, WAITING


def offices() -> set[tuple[str, str]]:
    """Of which employer a message is open at which office."""
    rows = Ticket.of_employers.filter(state__in=OPEN).values_list("employer_code", "office_id")
    return {(employer, office) for employer, office in rows if employer}


def hand_on(employer_code: str, to: str, *, by: Actor, now: datetime) -> int:
    """Give the employer's open messages to the office, in the caller's transaction; how many went."""
    rows = Ticket.of_employers.select_for_update().filter(employer_code=employer_code, state__in=OPEN)
    went = list(rows.exclude(office_id=to).order_by("id"))
    for ticket in went:
        facts = {"from": ticket.office_id, "to": to}
        if ticket.state in WAITING:
            moves.move(
                EMPLOYERS_TICKET, ticket, Act("forward", by, now, facts=facts), office_id=to, read_at=None
            )
        else:
            # HR has the word: the answer it was given stands, and the next one is the new office's to read.
            Ticket.of_employers.filter(id=ticket.id).update(office_id=to)
            ticket.office_id = to
            audit.record("ticket.forwarded", subject=ticket.id, by=by, now=now, facts=facts)
        add_note(ticket, "forwarded", None, now=now, author=by.name)
    return len(went)
