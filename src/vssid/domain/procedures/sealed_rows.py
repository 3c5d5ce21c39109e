"""Answers, written anew with each step, and what is said with the moves of a request: there are several."""

from __future__ import annotations

from vssid.domain.vault.binding import Rows

from . import drafts, sealed_words
from .models import Move, Request

ROWS = (
    Rows(
        Request,
        "answers",
        "person_id",
        lambda request: drafts.purpose(request.id),
        lambda request: request.version,
    ),
    Rows(
        Move,
        "text",
        "person_id",
        lambda move: sealed_words.purpose(move.request_id),
        lambda move: sealed_words.row(move.move, move.at),
    ),
)
