"""By when unemployment benefit is claimed, at a job-service centre: `data/unemployment_claims.csv`. Pure.

The register holds months, not the day on which somebody left: the day told is that of who left on the last
day of the last month, and who left earlier must claim earlier.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files

from vssid.kernel import dated

from ..views import PeriodView
from .totals import first_day, month_of, months_later


@dataclass(frozen=True, slots=True)
class Claim:
    """Within `months` of leaving, by `legal_base`. `left_on` is the last day of the last month of a
    participation that has ended, `by` the last day to claim for who left then; None while it goes on, where
    there was none, and where a benefit was given since.
    """

    months: int
    legal_base: str
    left_on: date | None = None
    by: date | None = None

    def is_over(self, today: date) -> bool:
        """Has the last day passed?"""
        return self.by is not None and self.by < today


@lru_cache(maxsize=1)
def _table() -> tuple[dated.Row, ...]:
    path = files("vssid.domain.participants") / "data" / "unemployment_claims.csv"
    with path.open(encoding="utf-8") as lines:
        return dated.rows(lines)


def claim(periods: Iterable[PeriodView], today: date, given_from: Iterable[date] = ()) -> Claim:
    """The claim of who has these periods of unemployment insurance and was `given` benefits from these days;
    by the law of the day of leaving.
    """
    ends = [month_of(period.to_month) if period.to_month else None for period in periods]
    known = [end for end in ends if end is not None]
    if len(known) < len(ends) or not known or max(known) >= month_of(today):
        return _by(today)
    left_on = first_day(max(known) + 1) - timedelta(days=1)
    rule = _by(left_on)
    if any(begun > left_on for begun in given_from):
        return rule
    return Claim(rule.months, rule.legal_base, left_on, months_later(left_on, rule.months))


def _by(day: date) -> Claim:
    row = dated.on(_table(), day)
    assert row is not None  # the table has no gap
    return Claim(int(row["months"]), row["legal_base"])
