"""Intervals of shares that were counted: within them a difference may be chance. Pure.

Wilson's score interval for one share (1927), Newcombe's hybrid of two for a difference (1998, method 10).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

# 99 %: a director looks at many officers at once, of whom one in a hundred would stand out by chance.
Z = 2.576


@dataclass(frozen=True, slots=True)
class Share:
    """So many `hits` of `number`."""

    hits: int
    number: int

    @property
    def rate(self) -> float:
        """The share that was counted; 0 of none."""
        return self.hits / self.number if self.number else 0.0


def wilson(share: Share, *, z: float = Z) -> tuple[float, float]:
    """Where the true share lies; from 0 to 1 when nothing was counted."""
    if not share.number:
        return 0.0, 1.0
    n, p = share.number, share.rate
    middle = p + z * z / (2 * n)
    around = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return max(0.0, (middle - around) / whole), min(1.0, (middle + around) / whole)


def difference(one: Share, other: Share, *, z: float = Z) -> tuple[float, float]:
    """Where the difference of the true shares lies, one minus other."""
    (low_one, high_one), (low_other, high_other) = wilson(one, z=z), wilson(other, z=z)
    between = one.rate - other.rate
    down = sqrt((one.rate - low_one) ** 2 + (high_other - other.rate) ** 2)
    up = sqrt((high_one - one.rate) ** 2 + (other.rate - low_other) ** 2)
    return between - down, between + up


def differs(one: Share, other: Share, *, z: float = Z) -> int:
    """1 or -1 when one is higher or lower than chance explains, else 0."""
    low, high = difference(one, other, z=z)
    return 1 if low > 0 else -1 if high < 0 else 0
