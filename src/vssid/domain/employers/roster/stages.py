"""How far a worker came, as an employer is told: data.

What the office counts beyond it (was the card used?) says something of a person's health, and no employer is
told.
"""

from __future__ import annotations

from enum import IntEnum


class Stage(IntEnum):
    """Each holds those before. INVITED and STARTED are the employer's own (`Invitee.step`), the others follow
    from what the office has (`Worker.stage`).
    """

    NONE = 0
    INVITED = 1
    STARTED = 2
    SENT = 3
    HANDED_IN = 4
    APPROVED = 5
    SIGNED_IN = 6


LAST = Stage.SIGNED_IN
# What a stored stage is here. In SQL of a worker `w` and what it said to its employer, `i`.
_BEFORE_SENT = 2
_MOST_STORED = 9
TOLD = f"CASE WHEN w.stage > 0 THEN least(w.stage + {_BEFORE_SENT}, {int(LAST)}) ELSE coalesce(i.step, 0) END"


def stored(stage: Stage) -> tuple[int, int]:
    """Between which the stored stage lies of who is told to be at this one."""
    if stage < Stage.SENT:
        return 0, 0
    at = stage - _BEFORE_SENT
    return at, _MOST_STORED if stage is LAST else at
