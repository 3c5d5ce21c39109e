"""What is said with the moves of a request; there may be several."""

from __future__ import annotations

from vssid.domain.vault.binding import Rows

from . import sealed_words
from .models import Move

ROWS = (
    Rows(
        Move,
        "text",
        "person_id",
        lambda move: sealed_words.purpose(move.request_id),
        lambda move: sealed_words.row(move.move, move.at),
    ),
)
