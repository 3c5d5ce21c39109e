"""What was typed in a draft is written anew with each step."""

from __future__ import annotations

from vssid.domain.vault.binding import Rows

from .draft import typed_values
from .models import Draft

ROWS = (
    Rows(Draft, "sealed", "subject_id", lambda draft: typed_values.SEALED_FOR, lambda draft: draft.version),
)
