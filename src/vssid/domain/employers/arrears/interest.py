"""What being late costs a day: `data/late_interest.csv`, Law 41/2024/QH15 Đ40. Pure.

The day after the last legal one is the first late day. What was late before the first row of the table is
under a rule that it does not hold: then nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from importlib.resources import files

from vssid.kernel import dated

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """Percent of what is late, for each late day, and the text that says so."""

    percent_a_day: Decimal
    legal_base: str


@lru_cache(maxsize=1)
def _table() -> tuple[dated.Row, ...]:
    with (files("vssid.domain.employers") / "data" / "late_interest.csv").open(encoding="utf-8") as lines:
        return dated.rows(lines)


def days_late(last_legal_day: date, day: date) -> int:
    """Late days up to and with a day."""
    return max(0, (day - last_legal_day).days)


def rule_on(day: date) -> Rule | None:
    """The rule of a late day; None where none is known."""
    row = dated.on(_table(), day)
    return Rule(Decimal(row["percent_a_day"]), row["legal_base"]) if row else None


def of(amount: int, last_legal_day: date, day: date) -> int | None:
    """Interest in whole đồng on what is late; None where its days have no rule, or more than one."""
    rule = rule_on(last_legal_day + ONE_DAY)
    if rule is None or rule != rule_on(day):
        return None
    exact = amount * rule.percent_a_day * days_late(last_legal_day, day) / 100
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))
