"""What can be said of months that no payment is recorded for, against a slow count."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vssid.domain.participants.employers import deadlines
from vssid.domain.participants.employers.deadlines import Standing

from .. import totals, unpaid
from ..totals import Period, first_day, month_of
from .test_totals import JAN
from .test_totals import periods as spans

WORST_FIRST = tuple(Standing)


@dataclass(frozen=True)
class Owed:
    employer_code: str
    is_voluntary: bool
    paying_cycle: str
    period: Period
    employer_name: str = "Sao Mai"

    def as_months(self) -> Period:
        return self.period


owed = st.builds(
    Owed, st.sampled_from(["TZ0001A", ""]), st.booleans(), st.sampled_from([*deadlines.Cycle, ""]), spans
)


def slowly(some: list[Owed], until: int, day: date) -> dict[Standing, int]:
    """Month by month: paid by anybody, else the worst that a period says."""
    paid, said = set(), dict[int, Standing]()
    for owed in some:
        months = owed.period
        for month in range(months.first, (until if months.last is None else min(until, months.last)) + 1):
            if months.unpaid_from is None or month < months.unpaid_from:
                paid.add(month)
                continue
            alone = owed.is_voluntary or not owed.employer_code
            late = deadlines.last_legal_day(month, owed.paying_cycle) < day and not alone
            open_to_doubt = deadlines.last_legal_day(month, deadlines.Cycle.MONTHLY) < day and (
                alone or not owed.paying_cycle
            )
            standing = Standing.LATE if late else Standing.UNRECORDED if open_to_doubt else Standing.NOT_DUE
            said[month] = min(said.get(month, standing), standing, key=WORST_FIRST.index)
    return {standing: sum(said[at] is standing for at in said.keys() - paid) for standing in Standing}


@given(st.lists(owed, max_size=8), st.integers(-5, 130), st.integers(-60, 400))
def test_months_are_counted_once_and_by_the_worst_that_is_said(some, beyond, days):
    until = JAN + beyond
    day = first_day(until) + timedelta(days=days)
    assert unpaid.months(some, until, day) == slowly(some, until, day)
    told = totals.count([owed.period for owed in some], until)
    assert sum(unpaid.months(some, until, day).values()) == told.unpaid_months


def test_stretches_come_newest_first_with_the_day_to_pay_by():
    june = month_of(date(2026, 6, 1))
    owed = Owed("TZ0001A", False, "monthly", Period(june - 10, None, june))
    late, ahead = unpaid.stretches([owed], june + 2, date(2026, 8, 15))[::-1]
    assert (late.standing, late.first, late.last, late.months) == (
        Standing.LATE,
        date(2026, 6, 1),
        date(2026, 6, 1),
        1,
    )
    assert late.due_on is None
    assert (ahead.standing, ahead.first, ahead.last) == (
        Standing.NOT_DUE,
        date(2026, 7, 1),
        date(2026, 8, 1),
    )
    assert ahead.due_on == date(2026, 8, 31)
