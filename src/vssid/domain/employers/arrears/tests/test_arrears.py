"""What an employer owes, as each of its workers reads it."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from tests.making.employers_hr import ELSEWHERE, HERE, make_employers
from vssid.domain.participants import queries as participants
from vssid.domain.participants.employers.arrears import behind
from vssid.domain.participants.employers.deadlines import Cycle, Standing
from vssid.domain.participants.models.people import Contribution, Employer, StandingCount
from vssid.domain.participants.participation.totals import first_day, month_of

from ...models.roster import Worker
from .. import interest, queries
from ..queries import Line, arrears

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)
WAGE: dict[str, Any] = {
    "wage": Decimal(10_000_000),
    "worker_percent": Decimal(8),
    "employer_percent": Decimal(17),
}


@pytest.fixture(autouse=True)
def employers(db: None) -> None:
    make_employers()


def owe(person: int, since: date, *, until: date | None = None, employer: str = HERE, **more: Any) -> None:
    """A period of a worker, not paid from a month on."""
    told = {"scheme": "bhxh", "from_month": date(2024, 2, 1) if since > date(2024, 2, 1) else since} | more
    Contribution.objects.create(
        person_id=person,
        employer_id=employer,
        unpaid_from=since,
        to_month=until,
        run_id=0,
        line=1,
        as_of=timezone.now(),
        **told,
    )


def pays(cycle: str) -> None:
    Employer.objects.filter(code=HERE).update(paying_cycle=cycle)


def only(today: date = TODAY) -> Line:
    (line,) = arrears(HERE, today).lines
    return line


@pytest.mark.parametrize(
    ("month", "cycle", "late_from"),
    [
        ("2026-06", "monthly", "2026-08-01"),
        ("2026-01", "quarterly", "2026-05-01"),
        ("2026-03", "quarterly", "2026-05-01"),
        ("2026-01", "half_yearly", "2026-08-01"),
        ("2026-06", "half_yearly", "2026-08-01"),
    ],
)
def test_a_month_is_owed_from_the_day_after_its_last_legal_day(
    month: str, cycle: str, late_from: str
) -> None:
    of, first_late = date.fromisoformat(f"{month}-01"), date.fromisoformat(late_from)
    pays(cycle)
    owe(1, of, until=of, **WAGE)
    assert not arrears(HERE, first_late - timedelta(days=1)).lines
    line = only(first_late)
    assert (line.month, line.late_from, line.days_late) == (of, first_late, 1)
    assert (line.workers, line.amount, line.interest) == (1, 2_500_000, 750)


@pytest.mark.parametrize("cycle", [*Cycle, ""])
@pytest.mark.parametrize("told_on", [None, date(2026, 9, 3)])
def test_every_worker_reads_the_same_of_every_month(cycle: str, told_on: date | None) -> None:
    dice = random.Random(11)
    pays(cycle)
    if told_on:
        StandingCount.objects.create(run_id=1, day=told_on, counted_at=timezone.now())
    for person in (1, 2, 3):
        for scheme in queries.SCHEMES:
            since = month_of(TODAY) - dice.randint(0, 14)
            until = None if dice.random() < 0.5 else first_day(since + dice.randint(0, 6))
            owe(person, first_day(since), until=until, scheme=scheme)
    owe(1, date(2026, 2, 1), employer=ELSEWHERE)
    told = arrears(HERE, TODAY)
    here = {
        (person, one.scheme, one.standing, one.first, one.last)
        for person, months in told.by_person.items()
        for one in months
    }
    own = {
        (person, scheme, stretch.standing, stretch.first, stretch.last)
        for person in (1, 2, 3)
        for scheme in queries.SCHEMES
        for stretch in participants.participation(person, TODAY).unpaid(scheme, TODAY)
        if stretch.employer_code == HERE and stretch.standing is not Standing.NOT_DUE
    }
    noticed = {
        (person, one.scheme, one.first, one.last, one.is_late)
        for person, each in behind([1, 2, 3], TODAY).items()
        for one in each
        if one.employer_code == HERE
    }
    assert here
    assert here == own
    assert noticed == {
        (person, scheme, first, last, standing is Standing.LATE)
        for person, scheme, standing, first, last in here
    }
    for line in told.lines:
        whose = {row[0] for row in own if row[1] == line.scheme and row[3] <= line.month <= row[4]}
        assert line.workers == len(whose)
        assert {row[2] for row in own if row[3] <= line.month <= row[4]} == {line.standing}


def test_of_an_unknown_cycle_what_may_not_be_due_has_no_late_days() -> None:
    owe(1, date(2026, 6, 1), until=date(2026, 7, 1), **WAGE)
    july, june = arrears(HERE, TODAY).lines
    assert (july.standing, july.late_from) == (Standing.UNRECORDED, date(2026, 9, 1))
    assert (july.amount, july.days_late, july.interest) == (2_500_000, None, None)
    assert (june.standing, june.late_from, june.days_late) == (Standing.LATE, date(2026, 8, 1), 110)
    assert june.interest == 82_500


@pytest.mark.parametrize(
    "unclear",
    [
        {"wage": None},
        {"wage": Decimal("3.33"), "wage_kind": "coefficient"},
        {"currency": "USD"},
        {"position_allowance": Decimal(500_000)},
        {"seniority_percent": Decimal(5)},
        {"worker_percent": Decimal(22), "employer_percent": None},
    ],
)
def test_who_is_not_known_well_enough_is_left_out_and_counted(unclear: dict[str, Any]) -> None:
    month = date(2026, 6, 1)
    owe(1, month, until=month, **WAGE | unclear)
    assert (only().amount, only().left_out, only().interest) == (None, 1, None)
    owe(2, month, until=month, **WAGE)
    assert (only().workers, only().left_out, only().amount) == (2, 1, 2_500_000)


def test_two_wages_in_one_month_give_no_amount() -> None:
    month = date(2026, 6, 1)
    owe(1, month, until=month, **WAGE)
    owe(1, month, until=month, from_month=month, **WAGE)
    assert (only().workers, only().left_out, only().amount) == (1, 1, None)


def test_without_a_told_rate_that_of_the_law_counts_where_a_source_was_seen() -> None:
    owe(1, date(2025, 6, 1), until=date(2025, 7, 1), wage=Decimal(10_000_000))
    july, june = arrears(HERE, TODAY).lines
    assert (july.amount, july.left_out) == (2_500_000, 0)
    assert (june.amount, june.left_out) == (None, 1)


def test_what_was_late_before_the_rule_has_no_interest() -> None:
    pays(Cycle.MONTHLY)
    owe(1, date(2025, 4, 1), until=date(2025, 5, 1), **WAGE)
    may, april = arrears(HERE, TODAY).lines
    assert (may.late_from, may.days_late) == (date(2025, 7, 1), 506)
    assert may.interest == 379_500
    assert (april.late_from, april.amount, april.interest) == (date(2025, 6, 1), 2_500_000, None)


@pytest.mark.parametrize(("amount", "days", "due"), [(2_500_000, 10, 7500), (333, 5, 0), (1667, 1, 1)])
def test_interest_is_rounded_to_whole_dong(amount: int, days: int, due: int) -> None:
    last = date(2026, 7, 31)
    assert interest.of(amount, last, last + timedelta(days=days)) == due


def test_only_own_workers_and_what_is_owed_here_are_counted() -> None:
    owe(1, date(2026, 6, 1), employer=ELSEWHERE, **WAGE)
    owe(4, date(2026, 6, 1), **WAGE)
    owe(2, date(2026, 6, 1), is_voluntary=True, **WAGE)
    assert not arrears(HERE, TODAY).lines
    Worker.objects.filter(person_id=4).update(employer_code=HERE)
    assert set(arrears(HERE, TODAY).by_person) == {4}


def test_workers_are_paged_by_given_name() -> None:
    for person in (1, 2, 3):
        owe(person, date(2026, 6, 1))
    owed = arrears(HERE, TODAY)
    pages = [queries.affected(HERE, owed, number, size=2) for number in (0, 1, 2, 9)]
    assert [page.number for page in pages] == [1, 1, 2, 2]
    assert [row.full_name for row in pages[1].rows] == ["Đỗ Văn An", "Trần Thị Hòa"]
    assert [row.full_name for row in pages[2].rows] == ["Nguyễn Thị Lan"]
    assert (pages[0].pages, pages[0].count) == (2, 3)


def test_many_workers_are_read_in_as_many_statements_as_one(
    django_assert_num_queries: Any,
) -> None:
    for person in (1, 2, 3):
        owe(person, date(2026, 6, 1))
    with django_assert_num_queries(3):
        owed = arrears(HERE, TODAY)
    with django_assert_num_queries(2):
        queries.affected(HERE, owed, 1)
