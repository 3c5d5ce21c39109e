"""When a first facility changes, and at which level one may be registered: `data/facility_change.csv`. Pure.

It changes in the first days of a quarter. Two days are offered: today when it lies within them, else the
first day of the next quarter, and the first day of the quarter after.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files

from vssid.kernel import dated


@lru_cache(maxsize=1)
def _table() -> tuple[dated.Row, ...]:
    path = files("vssid.domain.procedures") / "data" / "facility_change.csv"
    with path.open(encoding="utf-8") as lines:
        return dated.rows(lines)


def _rule(day: date) -> dated.Row:
    row = dated.on(_table(), day)
    assert row is not None  # nobody asks for a day of before the table
    return row


def window(day: date) -> int:
    """How many days at the beginning of a quarter are for changes."""
    return int(_rule(day)["window_days"])


def offered(today: date) -> tuple[date, date]:
    """The two days from which a change may count."""
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    following = _next(quarter)
    if today - quarter < timedelta(days=window(today)):
        return today, following
    return following, _next(following)


def may_register(level: str, today: date) -> bool:
    """May somebody be registered at a facility of this level? One whose level is not known is not refused."""
    return not level or level in _rule(today)["levels"].split()


def _next(quarter: date) -> date:
    return date(quarter.year + 1, 1, 1) if quarter.month == 10 else date(quarter.year, quarter.month + 3, 1)
