"""The insured person's own share of a year, and what is lacking until all is paid in full.

Health insurance pays 100% to the end of the year when five continuous years are full **and** the own share of
the year is above six times the base salary. Where that salary changes within the year, what was paid before
counts as so many old salaries: remain = (6 - paid before / old) × new. A single visit below 15% of it is paid
in full. Rules and salaries by day: `data/own_share.csv`, `data/base_salary.csv`. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from math import ceil

from vssid.kernel import dated

Paid = tuple[date, Decimal | int]


@dataclass(frozen=True, slots=True)
class Share:
    """In đồng: `paid` within the year, of it `paid_before` the salary changed from `old` on `changed_on`.

    `salary`, `threshold` (six of it) and `small_visit` are those of `day`. `lacking` is None where no
    salary is known for a day on which something was paid.
    """

    day: date
    paid: int
    paid_before: int
    changed_on: date | None
    old: int
    salary: int
    threshold: int
    small_visit: int
    lacking: int | None
    legal_base: str

    @property
    def is_over(self) -> bool:
        """Is the own share of the year above the threshold?"""
        return self.lacking == 0


@lru_cache(maxsize=2)
def _table(name: str) -> tuple[dated.Row, ...]:
    with (files("vssid.domain.participants") / "data" / f"{name}.csv").open(encoding="utf-8") as lines:
        return dated.rows(lines)


def base_salary(day: date) -> int | None:
    """The base salary (lương cơ sở) of a day, in đồng; None where the table begins later."""
    row = dated.on(_table("base_salary"), day)
    return int(row["amount_vnd"]) if row else None


def exactly_lacking(paid: Iterable[Paid], day: date, salaries: int) -> Fraction | None:
    """What is lacking on a day, to the fraction of a đồng. `paid` are days and amounts within its year."""
    now = base_salary(day)
    parts = [(amount, base_salary(on)) for on, amount in paid]
    if now is None or any(salary is None for _amount, salary in parts):
        return None
    used = sum((Fraction(amount) / salary for amount, salary in parts if salary), Fraction(0))
    return max(Fraction(0), (salaries - used) * now)


def of(paid: Iterable[Paid], day: date) -> Share | None:
    """The own share of the year of `day` up to it; None where no rule or salary is known for the day."""
    rule, salary = dated.on(_table("own_share"), day), base_salary(day)
    if rule is None or salary is None:
        return None
    within = [(on, amount) for on, amount in paid if on.year == day.year and on <= day]
    changed = _changed_on(day)
    salaries = int(rule["salaries"])
    exact = exactly_lacking(within, day, salaries)
    return Share(
        day=day,
        paid=int(sum(amount for _on, amount in within)),
        paid_before=int(sum(amount for on, amount in within if changed and on < changed)),
        changed_on=changed,
        old=(base_salary(date(day.year, 1, 1)) or 0) if changed else 0,
        salary=salary,
        threshold=salaries * salary,
        small_visit=salary * int(rule["small_visit_percent"]) // 100,
        lacking=None if exact is None else ceil(exact),
        legal_base=rule["legal_base"],
    )


def _changed_on(day: date) -> date | None:
    """The day in the year, up to `day`, from which another base salary counts."""
    starts = (date.fromisoformat(row["from"]) for row in _table("base_salary"))
    first = date(day.year, 1, 1)
    return max((start for start in starts if first < start <= day), default=None)
