"""Unemployment months not yet used and continuous health cover, against slow counts."""

from calendar import monthrange
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.domain.participants import queries
from vssid.domain.participants.care.tests.test_benefits_and_visits import SICK
from vssid.domain.participants.participation import five_years, totals
from vssid.domain.participants.participation.tests.test_totals import JAN, periods, slow
from vssid.domain.participants.participation.totals import Continuity, Days, Period, Use
from vssid.domain.participants.tests.files import COVER, JOB, load, load_cast
from vssid.kernel.ids import BhxhCode

START = date(2019, 11, 28)
continuous = partial(totals.continuous, longest_break=3, full=60)
uses = st.builds(Use, st.integers(JAN, JAN + 130), st.none() | st.integers(0, 40))
covers = st.builds(
    lambda first, length: Days(
        START + timedelta(days=first), None if length is None else START + timedelta(days=first + length)
    ),
    st.integers(0, 2600),
    st.none() | st.integers(0, 800),
)


def slowly_unused(some: list[Period], uses: list[Use], until: int) -> int:
    """One month after the other: a benefit empties the purse into what is kept, then the month may pay."""
    months, unpaid = slow(some, until)
    purse = 0
    for month in range(JAN - 1, until + 1):
        for use in sorted(uses, key=lambda use: -1 if use.kept is None else use.kept):
            if use.month == month:
                purse = slowly_kept(purse) if use.kept is None else use.kept
        purse += month in months - unpaid
    return purse


def slowly_kept(paid: int) -> int:
    """Three months take 36, and as long as there are 12 more, one month takes them, up to twelve months."""
    given_months, left = 3, paid - 36
    while left >= 12 and given_months < 12:
        given_months, left = given_months + 1, left - 12
    return max(0, left)


@given(st.lists(periods, max_size=10), st.lists(uses, max_size=4), st.integers(-5, 140))
def test_unused_months_agree_with_a_slow_count_of_months(some, given_uses, beyond):
    until = JAN + beyond
    assert totals.unused(some, given_uses, until) == slowly_unused(some, given_uses, until)


@pytest.mark.parametrize(
    ("paid", "months"),
    [(11, 0), (12, 3), (35, 3), (36, 3), (47, 3), (48, 4), (60, 5), (143, 11), (144, 12), (200, 12)],
)
def test_paid_months_give_so_many_months_of_benefit(paid, months):
    assert totals.benefit_months(paid) == months


@pytest.mark.parametrize(
    ("paid", "kept"), [(12, 0), (36, 0), (47, 11), (48, 0), (59, 11), (144, 0), (200, 56)]
)
def test_what_a_benefit_does_not_use_is_kept(paid, kept):
    assert totals.kept_after(paid) == kept


def test_what_the_last_decision_kept_counts_with_the_months_since():
    worked = [Period(JAN, JAN + 39), Period(JAN + 50, JAN + 54)]
    assert totals.unused(worked, [Use(JAN + 42, 3), Use(JAN + 10, 7)], JAN + 100) == 3 + 5


def test_unpaid_unemployment_months_are_no_months_to_use():
    assert totals.unused([Period(JAN, JAN + 11, JAN + 8)], [], JAN + 100) == 8


def test_a_benefit_of_later_on_has_used_nothing_yet():
    assert totals.unused([Period(JAN, JAN + 11)], [Use(JAN + 20, 0)], JAN + 19) == 12


def slowly_later(day: date) -> date:
    """Three months on, month by month; the 31st becomes the last day."""
    year, month = day.year, day.month
    for _ in range(3):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    number = day.day
    while number > monthrange(year, month)[1]:
        number -= 1
    return date(year, month, number)


def slowly_continuous(some: list[Days], on: date) -> Continuity:
    """One day after the other: a run ends on the day from which on no cover could keep it."""
    covered = set()
    for cover in some:
        at = cover.first
        while at <= min(cover.last or on, on):
            covered.add(at)
            at += timedelta(days=1)
    since = bare_from = None
    at = START
    while at <= on:
        if at in covered:
            since, bare_from = since or at, None
        elif since:
            bare_from = bare_from or at
            since = None if at >= slowly_later(bare_from) else since
        at += timedelta(days=1)
    if since is None:
        return Continuity(None, None, False)
    full = date(since.year + 5, since.month, min(since.day, monthrange(since.year + 5, since.month)[1]))
    return Continuity(since, full, on >= full)


@given(st.lists(covers, max_size=6), st.integers(-3, 3000))
def test_continuous_cover_agrees_with_a_slow_count_of_days(some, days):
    on = START + timedelta(days=days)
    assert continuous(some, on) == slowly_continuous(some, on)


@pytest.mark.parametrize(
    ("ends", "again", "goes_on"),
    [
        (date(2024, 1, 31), date(2024, 5, 1), True),
        (date(2024, 1, 31), date(2024, 5, 2), False),
        (date(2023, 11, 29), date(2024, 2, 29), True),
        (date(2023, 11, 29), date(2024, 3, 1), False),
        (date(2022, 11, 29), date(2023, 2, 28), True),
        (date(2022, 11, 29), date(2023, 3, 1), False),
    ],
)
def test_a_break_of_three_calendar_months_keeps_the_run_and_a_day_more_ends_it(ends, again, goes_on):
    first = date(2021, 1, 1)
    continuity = continuous([Days(first, ends), Days(again)], again)
    assert continuity.since == (first if goes_on else again)


def test_five_years_are_full_on_the_day_of_the_same_number():
    before = continuous([Days(date(2020, 1, 1))], date(2024, 12, 31))
    assert before == Continuity(date(2020, 1, 1), date(2025, 1, 1), False)
    assert continuous([Days(date(2020, 1, 1))], date(2025, 1, 1)).is_full


def test_nobody_without_cover_has_a_run():
    assert continuous([], START) == Continuity(None, None, False)


@pytest.mark.django_db
def test_what_a_person_has_built_up_is_told(tmp_path, django_assert_num_queries):
    load_cast()
    worked = JOB | {"scheme": "bhtn", "from_month": "2020-01", "to_month": "2022-12"}
    again = JOB | {"scheme": "bhtn", "from_month": "2024-01", "to_month": "", "unpaid_from": "2025-05"}
    load(tmp_path, "participation", worked, again, JOB)
    dole = SICK | {"regime": "unemployment", "from_date": "2023-02-01", "to_date": "", "kept_months": "2"}
    load(tmp_path, "benefits", dole, SICK | {"kept_months": "9"})
    load(tmp_path, "coverage", COVER | {"valid_from": "2021-01-01", "valid_to": "2024-12-31"}, COVER)
    lan = queries.by_bhxh_code(BhxhCode("3199000001"))
    assert lan is not None
    today = date(2025, 7, 1)
    history = queries.participation(lan.person_id, today)
    full = five_years.of(history.coverage, today)
    assert (full.told_on, full.since, full.counted_on) == (None, date(2021, 1, 1), date(2026, 1, 1))
    with django_assert_num_queries(1) as asked:
        assert queries.unemployment(history, today)[0] == 2 + 16
    assert f'"person_id" = {lan.person_id}' in asked.captured_queries[0]["sql"]
