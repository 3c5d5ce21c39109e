"""An officer's look at a file of the own office: shown, and told in the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from vssid.domain.audit import actions as audit
from vssid.domain.casework import desk
from vssid.domain.casework.kinds import Kind
from vssid.kernel.actor import Actor

from . import photos, queries
from .moves import TICKET


def look_at(
    ticket_id: int, *, by: Actor, now: datetime, kind: Kind[Any] = TICKET
) -> tuple[queries.Thread, queries.Sender]:
    """A message and who wrote it; the look is audited. `kind`: as whose file. Raises NotYours."""
    ticket = desk.find(kind, ticket_id, by=by)
    audit.record("ticket.opened", subject=ticket_id, by=by, now=now)
    return queries.thread_of(ticket, now), queries.sender_of(ticket)


def look_at_photo(ticket_id: int, seq: int, *, by: Actor, now: datetime) -> bytes:
    """A photo of a message; the look is audited. Raises NotYours."""
    desk.find(TICKET, ticket_id, by=by)
    jpeg = photos.content(queries.note_of(ticket_id, seq))
    audit.record("ticket.photo_seen", subject=ticket_id, by=by, now=now, facts={"seq": seq})
    return jpeg
