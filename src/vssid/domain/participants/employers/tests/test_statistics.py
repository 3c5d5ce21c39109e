"""Employers' standings are counted from the contributions, as of the day of their last file."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection

from vssid.domain.participants import jobs
from vssid.domain.participants.models.people import EmployerStanding, StandingCount
from vssid.domain.participants.tests.files import JOB, NOW, SAO_MAI, begin_with, load, load_cast
from vssid.kernel.calendar import VIETNAM

from .. import search, statistics
from ..statistics import FEWEST_TOLD, UNKNOWN, State

pytestmark = pytest.mark.django_db
STILL = JOB | {"to_month": ""}
OTHERS = [
    {"bhxh_code": f"31990001{number:02d}", "full_name": "Người Mẫu", "birth_date": "1990", "sex": "1"}
    for number in range(9)
]


@pytest.fixture(autouse=True)
def register():
    load_cast()
    codes = ("TZ0001A", "TZ0002A", "TZ0003A")
    begin_with("employers", *(SAO_MAI | {"code": code, "paying_cycle": "monthly"} for code in codes))
    begin_with("people", *OTHERS)


def of(code="TZ0001A"):
    row = search.by_code(code)
    assert row is not None
    return row[1]


def counted(folder, *rows, now=NOW, code="TZ0001A"):
    load(folder, "participation", *rows, now=now)
    statistics.count(now=now)
    return of(code)


def staff(number):
    return [STILL | {"bhxh_code": person["bhxh_code"]} for person in OTHERS[:number]]


def test_nothing_is_known_before_a_count(tmp_path):
    load(tmp_path, "participation", STILL)
    assert (of(), statistics.day()) == (UNKNOWN, None)


def test_without_a_file_nothing_is_counted():
    assert statistics.count(now=NOW) == 0
    assert not StandingCount.objects.exists()
    assert not statistics.is_behind()


def test_who_takes_part_is_counted_once_in_however_many_schemes_and_periods(tmp_path):
    schemes = [row | {"scheme": scheme} for row in staff(6) for scheme in ("bhxh", "bhtn", "tnld")]
    before = [row | {"from_month": "2018-01", "to_month": "2019-12"} for row in staff(6)]
    figures = counted(tmp_path, *schemes, *before)
    assert (figures.state, figures.people, figures.last_month) == (State.TAKING_PART, 6, date(2025, 7, 1))


@pytest.mark.parametrize(("number", "told"), [(1, None), (FEWEST_TOLD - 1, None), (FEWEST_TOLD, FEWEST_TOLD)])
def test_fewer_than_five_people_are_never_told_as_a_number(tmp_path, number, told):
    figures = counted(tmp_path, *staff(number))
    assert (figures.state, figures.people) == (State.TAKING_PART, told)


def test_an_employer_whom_all_have_left_has_stopped_in_the_last_month_of_anybody(tmp_path):
    figures = counted(tmp_path, JOB, STILL | {"bhxh_code": "3199000002", "to_month": "2022-03"})
    assert (figures.state, figures.people, figures.last_month) == (State.STOPPED, None, date(2022, 3, 1))


def test_an_employer_of_nobody_and_one_of_the_future_are_unknown(tmp_path):
    assert counted(tmp_path, STILL | {"from_month": "2025-09"}) == UNKNOWN
    assert of("TZ0002A") == UNKNOWN


def test_who_pays_voluntarily_is_no_staff(tmp_path):
    assert counted(tmp_path, STILL | {"is_voluntary": "1"}) == UNKNOWN


def test_owed_months_are_counted_once_however_many_people_they_lack(tmp_path):
    owed = [row | {"unpaid_from": "2025-03"} for row in staff(6)]
    figures = counted(tmp_path, *owed, STILL | {"unpaid_from": "2025-02"})
    assert (figures.owed_months, figures.owed_from, figures.owed_to) == (
        4,
        date(2025, 2, 1),
        date(2025, 5, 1),
    )


def test_owed_months_with_a_gap_between_are_not_counted_across_it(tmp_path):
    past = JOB | {"from_month": "2023-11", "to_month": "2024-02", "unpaid_from": "2023-12"}
    figures = counted(tmp_path, past, STILL | {"bhxh_code": "3199000002", "unpaid_from": "2025-05"})
    assert (figures.owed_months, figures.owed_from, figures.owed_to) == (
        4,
        date(2023, 12, 1),
        date(2025, 5, 1),
    )


@pytest.mark.parametrize(
    ("cycle", "since", "day", "owed", "unrecorded"),
    [
        ("monthly", "2026-06", date(2026, 7, 31), None, None),
        ("monthly", "2026-06", date(2026, 8, 1), ("2026-06", "2026-06", 1), None),
        ("monthly", "2026-06", date(2026, 9, 10), ("2026-06", "2026-07", 2), None),
        ("quarterly", "2026-01", date(2026, 4, 30), None, None),
        ("quarterly", "2026-01", date(2026, 5, 1), ("2026-01", "2026-03", 3), None),
        ("half_yearly", "2026-01", date(2026, 7, 31), None, None),
        ("half_yearly", "2026-01", date(2026, 8, 1), ("2026-01", "2026-06", 6), None),
        ("", "2026-04", date(2026, 5, 31), None, None),
        ("", "2026-04", date(2026, 6, 1), None, ("2026-04", "2026-04", 1)),
        ("", "2026-04", date(2026, 7, 31), None, ("2026-04", "2026-05", 2)),
        ("", "2026-04", date(2026, 8, 1), ("2026-04", "2026-06", 3), None),
        ("", "2026-04", date(2026, 9, 15), ("2026-04", "2026-06", 3), ("2026-07", "2026-07", 1)),
    ],
)
def test_a_month_is_late_only_when_its_legal_day_is_over(tmp_path, cycle, since, day, owed, unrecorded):
    load(tmp_path, "employers", SAO_MAI | {"paying_cycle": cycle}, blanks_erase=True)
    now = datetime.combine(day, time(9), VIETNAM)
    figures = counted(tmp_path, STILL | {"unpaid_from": since}, now=now)
    assert told(figures.owed_from, figures.owed_to, figures.owed_months) == owed
    assert told(figures.unrecorded_from, figures.unrecorded_to, figures.unrecorded_months) == unrecorded


def test_a_period_that_ended_owes_no_month_after_its_end(tmp_path):
    load(tmp_path, "employers", SAO_MAI | {"paying_cycle": "monthly"})
    row = JOB | {"from_month": "2025-01", "to_month": "2025-04", "unpaid_from": "2025-03"}
    figures = counted(tmp_path, row, now=datetime(2025, 12, 1, 3, tzinfo=VIETNAM))
    assert told(figures.owed_from, figures.owed_to, figures.owed_months) == ("2025-03", "2025-04", 2)


def told(first, last, number):
    return (f"{first:%Y-%m}", f"{last:%Y-%m}", number) if number else None


def test_who_stopped_may_still_owe(tmp_path):
    figures = counted(tmp_path, JOB | {"unpaid_from": "2021-10"})
    assert (figures.state, figures.owed_months, figures.owed_to) == (State.STOPPED, 3, date(2021, 12, 1))


def test_everything_is_told_of_the_day_of_the_last_file_not_of_the_count(tmp_path):
    load(tmp_path, "participation", STILL)
    statistics.count(now=NOW + timedelta(days=400))
    assert statistics.day() == date(2025, 7, 1)
    assert of().last_month == date(2025, 7, 1)


def test_a_file_that_was_only_tried_is_no_file(tmp_path):
    load(tmp_path, "participation", STILL, dry_run=True)
    assert not statistics.is_behind()


def test_counting_twice_changes_nothing(tmp_path):
    counted(tmp_path, *staff(6), STILL | {"employer_code": "TZ0002A", "unpaid_from": "2025-01"})
    before = list(EmployerStanding.objects.order_by("pk").values())
    assert len(before) == 2
    assert statistics.count(now=NOW) == 0
    assert list(EmployerStanding.objects.order_by("pk").values()) == before


def test_only_what_changed_is_written(tmp_path):
    counted(tmp_path, STILL, STILL | {"employer_code": "TZ0002A", "scheme": "bhtn"})
    load(tmp_path, "participation", STILL | {"to_month": "2025-01"}, now=NOW + timedelta(hours=1))
    assert statistics.count(now=NOW) == 1
    assert of().state is State.STOPPED


def test_an_employer_of_whom_nothing_is_left_is_counted_no_more(tmp_path):
    counted(tmp_path, STILL)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM participants_contribution")
    assert statistics.count(now=NOW) == 1
    assert of() == UNKNOWN


def test_the_job_counts_after_a_file_and_then_rests(tmp_path, django_assert_num_queries):
    load(tmp_path, "participation", STILL)
    jobs.count_after_files(0)
    assert of().state is State.TAKING_PART
    with django_assert_num_queries(2):
        jobs.count_after_files(0)


def test_the_nightly_job_counts_without_a_new_file(tmp_path):
    counted(tmp_path, STILL)
    EmployerStanding.objects.update(people=77)
    jobs.count_employer_statistics(0)
    assert EmployerStanding.objects.get().people == 1


def test_a_count_that_is_killed_leaves_the_one_before(tmp_path, monkeypatch):
    before = counted(tmp_path, STILL)
    load(tmp_path, "participation", STILL | {"to_month": "2025-01"}, now=NOW + timedelta(hours=1))

    class Killed(Exception):
        pass

    def killed(*_args, **_facts):
        raise Killed

    monkeypatch.setattr(StandingCount.objects, "update_or_create", killed)
    with pytest.raises(Killed):
        statistics.count(now=NOW)
    monkeypatch.undo()
    assert of() == before
    assert statistics.is_behind()
    statistics.count(now=NOW)
    assert of().state is State.STOPPED
