"""How far a worker came, as an employer is told: data.

What the office counts beyond it (was the card used?) says something of a person's health, and no employer is
told.
"""

from __future__ import annotations

from enum import IntEnum


class Stage(IntEnum):
    """As `Worker.stage`; each holds those before."""

    NONE = 0
    SENT = 1
    HANDED_IN = 2
    APPROVED = 3
    SIGNED_IN = 4


LAST = Stage.SIGNED_IN
MOST_STORED = 9


def most(stage: Stage) -> int:
    """The highest that may be stored of who is told to be at this stage."""
    return MOST_STORED if stage is LAST else int(stage)


def of(stored: int) -> Stage:
    """What an employer is told of a stored stage."""
    return Stage(min(stored, LAST))
