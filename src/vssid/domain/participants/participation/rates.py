"""What is paid in for a scheme, in percent of the contribution wage, by day and payer: dated, with marks.

`data/contribution_rates.csv` has a row for each fund, group and payer; its `mark` says how well the row is
known: [S] from a source, [M] from memory. Law: 41/2024/QH15 Đ32–36 and what it replaced.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

_TABLE = files("vssid.domain.participants") / "data" / "contribution_rates.csv"
# The funds of a scheme; what stands in the register as bhxh is paid to two of them.
FUNDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "bhxh": ("sickness_maternity", "pension_death"),
        "bhtn": ("unemployment",),
        "tnld": ("accident",),
        "bhyt": ("health",),
    }
)
EMPLOYEE, VOLUNTARY = "employee", "voluntary"
_WEAKEST_FIRST = ("[?]", "[M]", "[C]", "[S]")


@dataclass(frozen=True, slots=True)
class Rates:
    """Percent by who pays. `mark` is the weakest of the rows they are made of."""

    worker: Decimal
    employer: Decimal
    mark: str


@dataclass(frozen=True, slots=True)
class _Row:
    first: str
    last: str
    group: str
    fund: str
    payer: str
    percent: Decimal
    mark: str

    def holds(self, day: str) -> bool:
        return self.first <= day and (not self.last or day <= self.last)


@lru_cache(maxsize=1)
def _rows() -> tuple[_Row, ...]:
    with _TABLE.open(encoding="utf-8") as table:
        return tuple(
            _Row(
                row["from"],
                row["to"],
                row["group"],
                row["fund"],
                row["payer"],
                Decimal(row["percent"]),
                row["mark"],
            )
            for row in csv.DictReader(table)
        )


@lru_cache(maxsize=1024)
def of(what: str, day: date, group: str = EMPLOYEE) -> Rates | None:
    """The rates of a scheme or of one fund on a day; None where no rate of that day is known.

    `group` is who is insured, as the table names them. Raises KeyError for what is neither scheme nor fund.
    """
    known = {fund for funds in FUNDS.values() for fund in funds}
    funds = FUNDS[what] if what not in known else (what,)
    rows = [row for row in _rows() if row.group == group and row.fund in funds and row.holds(day.isoformat())]
    if not rows:
        return None
    return Rates(
        worker=sum((row.percent for row in rows if row.payer == "worker"), Decimal(0)),
        employer=sum((row.percent for row in rows if row.payer == "employer"), Decimal(0)),
        mark=min((row.mark for row in rows), key=_WEAKEST_FIRST.index),
    )


@lru_cache(maxsize=64)
def _steps(what: str, group: str) -> tuple[list[date], list[Rates | None]]:
    """The days on which a row begins or is over, and the rates from each on."""
    starts = {date.fromisoformat(row.first) for row in _rows()}
    overs = {date.fromisoformat(row.last) + timedelta(days=1) for row in _rows() if row.last}
    days = sorted(starts | overs)
    return days, [of(what, day, group) for day in days]


def throughout(what: str, first: date, last: date, group: str = EMPLOYEE) -> Rates | None:
    """The rates that hold on every day from `first` to `last`; None when they change or are not known.

    A change of the mark alone is no change of the rates; the weakest mark is given.
    """
    days, each = _steps(what, group)
    at = bisect_right(days, first) - 1
    weakest = each[at] if at >= 0 else None
    while weakest and (at := at + 1) < len(days) and days[at] <= last:
        other = each[at]
        if other is None or (other.worker, other.employer) != (weakest.worker, weakest.employer):
            return None
        weakest = min(weakest, other, key=lambda rates: _WEAKEST_FIRST.index(rates.mark))
    return weakest
