"""The states of a message to an office and who may move it, as data.

    draft ──phone proved──▶ sent ──an officer takes it──▶ read ──answer──▶ answered ──close──▶ closed
                             ▲ └────────────answer─────────────────────────▲  │
                             └───────the person writes again, or it is forwarded

A person who is signed in needs no code: the message begins as sent. A closed one never moves again.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a message stands."""

    DRAFT = "draft"
    SENT = "sent"
    READ = "read"
    ANSWERED = "answered"
    CLOSED = "closed"


OPEN = frozenset({State.SENT, State.READ, State.ANSWERED})
WAITING = frozenset({State.SENT, State.READ})

MOVES: dict[str, tuple[frozenset[State], State]] = {
    "prove": (frozenset({State.DRAFT}), State.SENT),
    "take": (frozenset({State.SENT}), State.READ),
    "answer": (OPEN, State.ANSWERED),
    "write": (OPEN, State.SENT),
    "forward": (OPEN, State.SENT),
    "close": (OPEN, State.CLOSED),
}
