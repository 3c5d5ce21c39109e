"""The states of a request and who may move it, as data.

    draft ──submit──▶ submitted ──accept──▶ in_review ──approve──▶ done
                          │                 │  ▲   └───refuse────▶ refused
                          │              ask_more  answer             ▲
                          │                 ▼  │                      │
                          └──withdraw──  more_needed ─────refuse──────┘
                             (from each open state) ▶ withdrawn

A closed request never moves again. While more is needed no term runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from vssid.domain.casework.turns import Turn


class State(StrEnum):
    """Where a request stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    MORE_NEEDED = "more_needed"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


# With the office, the term running; with the office or the person; not closed.
WITH_OFFICE = frozenset({State.SUBMITTED, State.IN_REVIEW})
OPEN = WITH_OFFICE | {State.MORE_NEEDED}
CLOSED = frozenset({State.DONE, State.REFUSED, State.WITHDRAWN})

TURNS: Mapping[State, Turn] = {
    State.DRAFT: Turn.NOBODY,
    State.SUBMITTED: Turn.OFFICE,
    State.IN_REVIEW: Turn.OFFICE,
    State.MORE_NEEDED: Turn.PERSON,
    **dict.fromkeys(CLOSED, Turn.NOBODY),
}

MOVES: dict[str, tuple[frozenset[State], State]] = {
    "submit": (frozenset({State.DRAFT}), State.SUBMITTED),
    "accept": (frozenset({State.SUBMITTED}), State.IN_REVIEW),
    "ask_more": (frozenset({State.IN_REVIEW}), State.MORE_NEEDED),
    "answer": (frozenset({State.MORE_NEEDED}), State.IN_REVIEW),
    "approve": (frozenset({State.IN_REVIEW}), State.DONE),
    "refuse": (frozenset({State.IN_REVIEW, State.MORE_NEEDED}), State.REFUSED),
    "withdraw": (OPEN, State.WITHDRAWN),
}
