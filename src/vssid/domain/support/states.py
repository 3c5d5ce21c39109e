"""The states of a message to an office and who may move it, as data.

    draft ──phone proved──▶ sent ──an officer takes it──▶ read ──answer──▶ answered ──close──▶ closed
                             ▲ └────────────answer─────────────────────────▲  │
                             └───────the person writes again, or it is forwarded

A person who is signed in needs no code: the message begins as sent. A closed one never moves again.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from vssid.domain.casework.turns import Turn


class State(StrEnum):
    """Where a message stands."""

    DRAFT = "draft"
    SENT = "sent"
    READ = "read"
    ANSWERED = "answered"
    CLOSED = "closed"


OPEN = frozenset({State.SENT, State.READ, State.ANSWERED})
WAITING = frozenset({State.SENT, State.READ})

TURNS: Mapping[State, Turn] = {
    State.DRAFT: Turn.NOBODY,
    State.SENT: Turn.OFFICE,
    State.READ: Turn.OFFICE,
    State.ANSWERED: Turn.PERSON,
    State.CLOSED: Turn.NOBODY,
}

MOVES: dict[str, tuple[frozenset[State], State]] = {
    "prove": (frozenset({State.DRAFT}), State.SENT),
    "take": (frozenset({State.SENT}), State.READ),
    "answer": (OPEN, State.ANSWERED),
    "write": (OPEN, State.SENT),
    "forward": (OPEN, State.SENT),
    "close": (OPEN, State.CLOSED),
}
