"""Which gateway carries a text: by weight, and after an error another than the one that made it."""

from __future__ import annotations

from collections.abc import Iterable
from random import SystemRandom

from .states import Standing, Use

_random = SystemRandom()


def draw() -> float:
    """From 0 up to 1, 1 not included."""
    return _random.random()


def pick(standings: Iterable[Standing], *, at: float, not_by: str = "") -> str | None:
    """The gateway whose part of the weights holds `at` (0 ≤ at < 1); `not_by` only where there is no other.

    While none carries anything, any that is not switched off; None when all are.
    """
    usable = sorted((one for one in standings if one.use is not Use.OFF), key=lambda one: one.name)
    carrying = [one for one in usable if one.carries] or usable
    others = [one for one in carrying if one.name != not_by] or carrying
    weights = [one.weight for one in others]
    if not sum(weights):
        weights = [1] * len(others)
    place = at * sum(weights)
    for one, weight in zip(others, weights, strict=True):
        place -= weight
        if place < 0:
            return one.name
    return others[-1].name if others else None
