"""The states of a request for a child and who may move it, as data.

    draft ──send──▶ submitted ──approve──▶ approved (a link)
      └─withdraw─┐     │  └────refuse────▶ refused
                 └─────┴──withdraw──────▶ withdrawn

A closed request never moves again; asking once more makes a new one. An office that is late loses nothing.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a request stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


CLOSED = frozenset({State.APPROVED, State.REFUSED, State.WITHDRAWN})

MOVES: dict[str, tuple[frozenset[State], State]] = {
    "send": (frozenset({State.DRAFT}), State.SUBMITTED),
    "approve": (frozenset({State.SUBMITTED}), State.APPROVED),
    "refuse": (frozenset({State.SUBMITTED}), State.REFUSED),
    "withdraw": (frozenset({State.DRAFT, State.SUBMITTED}), State.WITHDRAWN),
}
