"""The states of a correction request and who may move it, as data.

    sent ──an officer takes it──▶ taken ──▶ mended │ as it is │ withdrawn │ gone (nothing differs)

From sent each of the ends may be reached too. An open one follows its employer to another office, where
nobody has taken it yet. A closed one never moves again.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a request stands."""

    SENT = "sent"
    TAKEN = "taken"
    MENDED = "mended"
    AS_IT_IS = "as_it_is"
    WITHDRAWN = "withdrawn"
    GONE = "gone"


OPEN = frozenset({State.SENT, State.TAKEN})
CLOSED = frozenset(State) - OPEN
# What the office said of it.
ANSWERED = frozenset({State.MENDED, State.AS_IT_IS})

MOVES: dict[str, tuple[frozenset[State], State]] = {
    "take": (frozenset({State.SENT}), State.TAKEN),
    "mend": (OPEN, State.MENDED),
    "keep": (OPEN, State.AS_IT_IS),
    "withdraw": (OPEN, State.WITHDRAWN),
    "vanish": (OPEN, State.GONE),
    "follow": (OPEN, State.SENT),
}
EVENTS = {
    "take": "taken",
    "mend": "mended",
    "keep": "kept",
    "withdraw": "withdrawn",
    "vanish": "vanished",
    "follow": "followed",
}
