"""The states of a request at the counter and who may move it, as data.

    open ──carry_out──▶ done
      ├────refuse─────▶ refused
      ├────withdraw───▶ withdrawn
      └─expire, end───▶ expired    (nobody came for it; the account was closed or merged)

A closed request never moves again; asking once more makes a new one.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


_OPEN = frozenset({State.OPEN})
CLOSED = frozenset(State) - _OPEN

MOVES: dict[str, tuple[frozenset[State], State]] = {
    "carry_out": (_OPEN, State.DONE),
    "refuse": (_OPEN, State.REFUSED),
    "withdraw": (_OPEN, State.WITHDRAWN),
    "expire": (_OPEN, State.EXPIRED),
    "end": (_OPEN, State.EXPIRED),
}
