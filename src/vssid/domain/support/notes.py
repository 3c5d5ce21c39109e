"""What both sides of a conversation share: find under a lock, write a note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vssid.domain.vault import sealing as vault
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.text import tidy, tidy_lines

from . import photos
from .models import Note, Ticket

TEXT = "support-note"
LONGEST = 4000
ONCE_LONGEST = 64


@dataclass(frozen=True, slots=True)
class Written:
    """A clean text with its photo; `once` is the key of the form it came from."""

    text: str
    once: str
    photo: bytes | None = None


def written(text: str, once: str, photo: bytes | None = None) -> Written:
    """A clean text. Raises Invalid (`text`: required, too_long) or BadPhoto."""
    kept = tidy_lines(text)
    if not kept:
        raise Invalid(text="required")
    if len(kept) > LONGEST:
        raise Invalid(text="too_long")
    return Written(kept, tidy(once)[:ONCE_LONGEST], photos.clean(photo) if photo else None)


def locked(ticket_id: int) -> Ticket:
    """The ticket, its row locked until the transaction ends. Raises NotYours."""
    ticket = Ticket.objects.select_for_update().filter(id=ticket_id).first()
    if ticket is None:
        raise NotYours
    return ticket


def add_note(
    ticket: Ticket,
    kind: str,
    what: Written | None,
    *,
    now: datetime,
    author: str = "",
    blob_key: str = "",
    scope: str = "",
) -> None:
    """Add one note to the ticket, whose row the caller has locked or just made; a new one is saved."""
    ticket.last_seq += 1
    Note.objects.create(
        ticket_id=ticket.id,
        seq=ticket.last_seq,
        kind=kind,
        author_name=author,
        office_id=ticket.office_id,
        written_at=now,
        sealed=vault.seal(ticket.id, TEXT, what.text.encode(), row=ticket.last_seq) if what else None,
        blob_key=blob_key,
        once=once_key(scope or str(ticket.id), what) if what and what.once else None,
    )
    ticket.save(update_fields=None if ticket._state.adding else ["last_seq"])


def already(what: Written, scope: str) -> int | None:
    """The ticket this form was written to before, or None."""
    if not what.once:
        return None
    return Note.objects.filter(once=once_key(scope, what)).values_list("ticket_id", flat=True).first()


def once_key(scope: str, what: Written) -> str:
    """A form's key within its scope (a ticket, a person): nobody can block another's with a guess."""
    return f"{scope}:{what.once}"
