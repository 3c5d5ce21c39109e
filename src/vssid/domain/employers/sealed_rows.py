"""The room's sealed columns that are written anew, or of which a subject has several."""

from __future__ import annotations

from vssid.domain.vault.binding import Rows

from .models.own_file import FileRow, Given
from .own_file import taking

ROWS = (
    Rows(FileRow, "sealed", "subject_id", lambda row: taking.ROW, lambda row: row.line),
    Rows(Given, "sealed", "person_id", lambda given: taking.GIVEN, taking.row_of),
)
