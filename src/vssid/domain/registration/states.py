"""The states of an application and who may move it, as data.

    submitted ──form received──▶ received ──approve──▶ approved
        │  │ ◀──form returned───┘  │
        │  │ └─due day over──▶ expired   └──refuse──▶ refused
        │  └────────refuse────────────────────────────▲
        └──────────withdraw (also from received)──▶ withdrawn

A closed application never moves again; correcting one makes a new application.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from vssid.domain.casework.turns import Turn


class State(StrEnum):
    """Where an application stands."""

    SUBMITTED = "submitted"
    RECEIVED = "received"
    APPROVED = "approved"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({State.SUBMITTED, State.RECEIVED})
CLOSED = frozenset(State) - OPEN
CORRECTABLE = frozenset({State.REFUSED, State.EXPIRED, State.WITHDRAWN})

# The office begins when it has the signed form in hand.
TURNS: Mapping[State, Turn] = {
    State.SUBMITTED: Turn.PERSON,
    State.RECEIVED: Turn.OFFICE,
    **dict.fromkeys(CLOSED, Turn.NOBODY),
}

MOVES: dict[str, tuple[frozenset[State], State]] = {
    "receive_form": (frozenset({State.SUBMITTED}), State.RECEIVED),
    "return_form": (frozenset({State.RECEIVED}), State.SUBMITTED),
    "approve": (frozenset({State.RECEIVED}), State.APPROVED),
    "refuse": (OPEN, State.REFUSED),
    "expire": (frozenset({State.SUBMITTED}), State.EXPIRED),
    "withdraw": (OPEN, State.WITHDRAWN),
}
