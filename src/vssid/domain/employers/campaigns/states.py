"""The states of a campaign and what moves it, as data.

    draft ──start──▶ running ──stop──▶ stopped ──resume──▶ running
      │                 │                 │
      └──────────end────┴─────────────────┴──▶ ended

While it is stopped nothing goes out; one that has ended never moves again.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a campaign stands."""

    DRAFT = "draft"
    RUNNING = "running"
    STOPPED = "stopped"
    ENDED = "ended"


MOVES: dict[str, tuple[frozenset[State], State]] = {
    "start": (frozenset({State.DRAFT}), State.RUNNING),
    "stop": (frozenset({State.RUNNING}), State.STOPPED),
    "resume": (frozenset({State.STOPPED}), State.RUNNING),
    "end": (frozenset({State.DRAFT, State.RUNNING, State.STOPPED}), State.ENDED),
}
