"""The states of a request for a child and who may move it, as data.

    draft ──send──▶ submitted ──approve──▶ approved (a link)
      └─withdraw─┐     │  └────refuse────▶ refused
                 └─────┴──withdraw──────▶ withdrawn

A closed request never moves again; asking once more makes a new one. An office that is late loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from vssid.domain.casework.turns import Turn


class State(StrEnum):
    """Where a request stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


CLOSED = frozenset({State.APPROVED, State.REFUSED, State.WITHDRAWN})

TURNS: Mapping[State, Turn] = {
    State.DRAFT: Turn.NOBODY,
    State.SUBMITTED: Turn.OFFICE,
    **dict.fromkeys(CLOSED, Turn.NOBODY),
}

MOVES: dict[str, tuple[frozenset[State], State]] = {
    "send": (frozenset({State.DRAFT}), State.SUBMITTED),
    "approve": (frozenset({State.SUBMITTED}), State.APPROVED),
    "refuse": (frozenset({State.SUBMITTED}), State.REFUSED),
    "withdraw": (frozenset({State.DRAFT, State.SUBMITTED}), State.WITHDRAWN),
}
