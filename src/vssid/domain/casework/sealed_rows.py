"""Notes on files are sealed, each for its own row."""

from __future__ import annotations

from vssid.domain.vault.binding import Rows

from .models import FileNote
from .work import notes

ROWS = (Rows(FileNote, "sealed", "subject_id", lambda _note: notes.SEALED_FOR, lambda note: note.id),)
