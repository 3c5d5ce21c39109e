"""Between what and what a monthly wage and a rate can be, by month: dated, with marks and tolerance.

`data/wage_bounds.csv`: the base salary, and what contributions were capped at (Law 41/2024/QH15 Đ31 and what
it replaced). Outside of them by far is a slip of the hand, a coefficient or a percent in the wrong column.
Before April 1993 nothing is said: the wages of that time were other numbers.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from vssid.domain.imports.check.cells import as_month
from vssid.domain.imports.importer import Check
from vssid.kernel import dated

# Part-time work and voluntary members go below the base salary; late corrections go above the cap.
_LOWEST, _HIGHEST = Decimal("0.4"), Decimal("1.5")
# State scales go from 1 to 13 (NĐ 204/2004/NĐ-CP [M]).
_COEFFICIENT = (Decimal("0.5"), Decimal(15))
# From 0.3 for work accidents (NĐ 58/2020 [S]) to 22, all of voluntary members (Law Đ36 [S]), and some more.
_RATE = (Decimal("0.3"), Decimal(25))


@lru_cache(maxsize=1)
def rows() -> tuple[dated.Row, ...]:
    """The months and their bounds, the oldest first."""
    with (files("vssid.domain.participants") / "data" / "wage_bounds.csv").open(encoding="utf-8") as lines:
        return dated.rows(lines)


def _lowest(row: dated.Row) -> Decimal:
    return Decimal(row["lowest"]) * _LOWEST


def _highest(row: dated.Row) -> Decimal:
    return Decimal(row["highest"]) * _HIGHEST


def _wage() -> str:
    """SQL over a staging row: is the wage one that somebody can have had?"""
    low = " ".join(
        f"WHEN {as_month('s.from_month')} >= '{row['from']}' THEN {_lowest(row)}" for row in rows()[::-1]
    )
    last = f"coalesce({as_month('s.to_month')}, 'infinity')"
    high = " ".join(f"WHEN {last} >= '{row['from']}' THEN {_highest(row)}" for row in rows()[::-1])
    wage = "s.wage::numeric"
    # Most wages were possible in every month: those need no look at theirs.
    always = f"{wage} BETWEEN {max(map(_lowest, rows()))} AND {min(map(_highest, rows()))}"
    return (
        f"CASE WHEN s.wage IS NULL OR coalesce(s.currency, 'VND') <> 'VND' THEN true "
        f"WHEN s.wage_kind = 'coefficient' THEN {wage} BETWEEN {_COEFFICIENT[0]} AND {_COEFFICIENT[1]} "
        f"WHEN {always} THEN true "
        f"ELSE coalesce({wage} >= CASE {low} END, true) AND coalesce({wage} <= CASE {high} END, true) END"
    )


def _rate(name: str) -> Check:
    return Check(
        name,
        "odd_rate",
        f"s.{name} IS NULL OR s.{name}::numeric = 0 OR s.{name}::numeric BETWEEN {_RATE[0]} AND {_RATE[1]}",
    )


IN_BOUNDS = (Check("wage", "odd_wage", _wage()), _rate("worker_percent"), _rate("employer_percent"))
