"""What is said with a move of a request, sealed for that move."""

from __future__ import annotations

from datetime import UTC, datetime

from vssid.domain.vault import sealing as vault

from .models import Move, Request


def purpose(request_id: int) -> str:
    """What the text of a move is sealed for."""
    return f"procedure-said:{request_id}"


def row(move: str, at: datetime) -> str:
    """The move that a text is bound to, told by what it was and when: its number comes from the database."""
    return f"{move} {at.astimezone(UTC).isoformat()}"


def sealed(request: Request, move: str, at: datetime, text: str) -> bytes:
    """What is said with a move of a request that is made at a moment."""
    return vault.seal_json(request.person_id, purpose(request.id), text, row=row(move, at))


def of(move: Move) -> str:
    """The text of a move, unsealed; empty where nothing was said."""
    if not move.text:
        return ""
    said = vault.unseal_json(move.person_id, purpose(move.request_id), move.text, row=row(move.move, move.at))
    return str(said)
