"""The statements' sealed column; a person may have several."""

from __future__ import annotations

from vssid.domain.vault.binding import Rows

from .actions import SEALED_FOR
from .models import Statement

ROWS = (Rows(Statement, "sealed", "person_id", lambda statement: SEALED_FOR, lambda statement: statement.id),)
