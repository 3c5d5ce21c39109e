"""Days of birth as registers and cards know them: the whole day, the month, or the year alone."""

from __future__ import annotations

from datetime import date

_PARTS = {"year": 1, "month": 2}


def same_birth(birth: date, other: date, *precisions: str) -> bool:
    """Are they the same, as far as both are known? `precisions` are `day`, `month` or `year`."""
    known = min((_PARTS.get(str(precision), 3) for precision in precisions), default=3)
    return birth.timetuple()[:known] == other.timetuple()[:known]
