"""Which of a person's coverages counts on a day. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..views import CoverageView

# Levels by what they pay; 5 pays most, then 1, 2 (100 %), 3 (95 %), 4 (80 %).
_LEVEL_ORDER = "51234"


def counting(rows: Iterable[CoverageView], day: date) -> CoverageView | None:
    """The one that counts on a day, else the next to come, else the last one.

    Of several valid at once the one with the highest benefit counts (NĐ 188/2025 Đ21).
    """
    return min(rows, key=lambda row: _rank(row, day), default=None)


def _rank(coverage: CoverageView, day: date) -> tuple[int, int, int]:
    if coverage.is_valid_on(day):
        return 0, _LEVEL_ORDER.index(coverage.level_on(day)), -coverage.valid_from.toordinal()
    if coverage.valid_from > day:
        return 1, coverage.valid_from.toordinal(), 0
    return 2, -(coverage.valid_to or coverage.valid_from).toordinal(), 0
