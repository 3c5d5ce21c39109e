"""Five continuous years of health cover: the day that an office wrote on the card, and the one counted.

Every page that tells it asks here. What the card says is what counts; the count goes by the cards of the
register, which may lack some of before, so it stands in only where the card says nothing, and is named as a
count. Rule by day: `data/continuous_cover.csv`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from vssid.kernel import dated

from ..views import CoverageView
from .counting_coverage import counting
from .totals import Days, continuous


@dataclass(frozen=True, slots=True)
class Rule:
    """A break of at most `longest_break_months` keeps a run, full after `full_months`; by `legal_base`."""

    longest_break_months: int
    full_months: int
    legal_base: str


@dataclass(frozen=True, slots=True)
class FiveYears:
    """`told_on`: as the card that counts says. `since` and `counted_on` by the cards of the register: since
    when cover is continuous on the day asked for, and when five years are full; None while it is not.
    """

    told_on: date | None
    since: date | None
    counted_on: date | None
    rule: Rule

    @property
    def day(self) -> date | None:
        """The one day to show: what the card says, else what is counted."""
        return self.told_on or self.counted_on

    @property
    def differs(self) -> bool:
        """Do card and count say two days?"""
        return None not in (self.told_on, self.counted_on) and self.told_on != self.counted_on

    def is_full(self, today: date) -> bool:
        """Are the five years over?"""
        return self.day is not None and self.day <= today


@lru_cache(maxsize=1)
def _table() -> tuple[dated.Row, ...]:
    path = files("vssid.domain.participants") / "data" / "continuous_cover.csv"
    with path.open(encoding="utf-8") as lines:
        return dated.rows(lines)


def rule_on(day: date) -> Rule:
    """The rule in force on a day."""
    row = dated.on(_table(), day)
    assert row is not None  # the table has no gap
    return Rule(int(row["longest_break_months"]), int(row["full_months"]), row["legal_base"])


def of(coverage: Sequence[CoverageView], today: date) -> FiveYears:
    """The five years of who has these coverages."""
    rule, card = rule_on(today), counting(coverage, today)
    days = [Days(cover.valid_from, cover.valid_to) for cover in coverage]
    run = continuous(days, today, longest_break=rule.longest_break_months, full=rule.full_months)
    return FiveYears(card.five_years_from if card else None, run.since, run.full_on, rule)
