"""The messages' sealed texts; a message to an office has several."""

from __future__ import annotations

from vssid.domain.vault.binding import Rows

from .models import Note
from .notes import TEXT

ROWS = (Rows(Note, "sealed", "ticket_id", lambda note: TEXT, lambda note: note.seq),)
