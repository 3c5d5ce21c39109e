"""By when an employer must have paid for a month: `data/paying_cycles.csv`, Law 41/2024/QH15 Đ34(4). Pure.

Who pays each month has until the last day of the next one; who pays for three or six months at once until the
last day of the month after them. Before that day is over nothing is late. Months are numbers as in `totals`.

The cycle of an employer is told by the file of employers, or is not known. Then only what would be late for
the longest cycle is said to be late; what is late for a monthly payer alone is said to be not recorded
(docs/adr/0012). Evasion (Đ39) needs an urging that the register does not hold: it is never said.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from vssid.kernel import dated

from ..participation.totals import Span, first_day, month_of

UNKNOWN = ""


class Cycle(StrEnum):
    """How many months an employer pays for at once."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"


class Standing(StrEnum):
    """What can be said of a month that no payment is recorded for."""

    LATE = "late"
    UNRECORDED = "unrecorded"
    NOT_DUE = "not_due"


@lru_cache(maxsize=1)
def _table() -> tuple[dated.Row, ...]:
    path = files("vssid.domain.participants") / "data" / "paying_cycles.csv"
    with path.open(encoding="utf-8") as lines:
        return dated.rows(lines)


@lru_cache(maxsize=4096)
def last_legal_day(month: int, cycle: str) -> date:
    """The last day to pay for a month; of an unknown cycle that of the longest."""
    row = dated.on(_table(), first_day(month), cycle=cycle or Cycle.HALF_YEARLY)
    if row is None:
        raise LookupError(cycle)
    length = int(row["months"])
    ends = month // length * length + length - 1
    return first_day(ends + int(row["months_after"]) + 1) - timedelta(days=1)


def legal_base(day: date) -> str:
    """The text that the deadlines of a day's month are from; empty where none was found."""
    row = dated.on(_table(), day, cycle=Cycle.MONTHLY)
    return row["legal_base"] if row else ""


@lru_cache(maxsize=4096)
def newest_late(day: date, cycle: str) -> int:
    """The newest month whose last legal day is over on a day."""
    month = month_of(day)
    while last_legal_day(month, cycle) >= day:
        month -= 1
    return month


def newest_judged(day: date) -> int:
    """The newest month that is late for who pays each month: nothing newer is anybody's arrears."""
    return newest_late(day, Cycle.MONTHLY)


def parted(unpaid: Span, cycle: str, day: date) -> list[tuple[Standing, Span]]:
    """The months that no payment is recorded for, parted by what can be said of them on a day."""
    late = newest_late(day, cycle)
    judged = late if cycle else newest_judged(day)
    parts = (
        (Standing.LATE, unpaid.first, min(unpaid.last, late)),
        (Standing.UNRECORDED, max(unpaid.first, late + 1), min(unpaid.last, judged)),
        (Standing.NOT_DUE, max(unpaid.first, judged + 1), unpaid.last),
    )
    return [(standing, Span(first, last)) for standing, first, last in parts if first <= last]
