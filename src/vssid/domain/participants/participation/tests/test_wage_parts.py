"""What the wage of a period is made of, and who pays which part of the rate."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from vssid.domain.participants import queries
from vssid.domain.participants.models.participation import AMOUNTS, PERCENTS
from vssid.domain.participants.models.people import Contribution
from vssid.domain.participants.tests.files import JOB, NOW, load, load_cast
from vssid.domain.participants.views import PeriodView
from vssid.kernel.ids import BhxhCode

TEACHER = JOB | {
    "wage": "3.33",
    "wage_kind": "coefficient",
    "position_allowance": "0.2",
    "over_scale_percent": "5",
    "seniority_percent": "12.5",
    "area_allowance": "0.1",
    "other_allowance": "0.15",
    "reelection_allowance": "0.25",
    "worker_percent": "8",
    "employer_percent": "17",
}
WORKER = JOB | {"salary": "5000000", "salary_allowance": "150000", "salary_supplement": "50000"}


@pytest.fixture
def cast(db, tmp_path):
    load_cast()
    return tmp_path


def lan() -> int:
    person = queries.by_bhxh_code(BhxhCode("3199000001"))
    assert person is not None
    return person.person_id


def period() -> PeriodView:
    (only_period,) = queries.participation(lan()).of("bhxh").periods
    return only_period


def test_the_allowances_of_a_teacher_and_both_rates_are_kept(cast):
    assert load(cast, "participation", TEACHER).new == 1
    teaching = period()
    assert teaching.wage_parts.told() == {
        "position_allowance": Decimal("0.2"),
        "over_scale_percent": Decimal(5),
        "seniority_percent": Decimal("12.5"),
        "area_allowance": Decimal("0.1"),
        "reelection_allowance": Decimal("0.25"),
        "other_allowance": Decimal("0.15"),
    }
    assert (teaching.worker_percent, teaching.employer_percent) == (Decimal(8), Decimal(17))


def test_the_parts_of_a_wage_in_dong_are_kept(cast):
    load(cast, "participation", WORKER)
    assert [int(part) for part in period().wage_parts.told().values()] == [5_000_000, 150_000, 50_000]


def test_a_period_of_which_no_parts_were_told_has_none(cast):
    load(cast, "participation", JOB)
    job = period()
    assert (job.wage_parts.told(), job.worker_percent, job.employer_percent) == ({}, None, None)


def test_a_corrected_part_changes_the_period_and_the_older_one_stays_readable(cast):
    load(cast, "participation", TEACHER)
    assert load(cast, "participation", TEACHER).same == 1
    assert load(cast, "participation", TEACHER | {"seniority_percent": ""}, blanks_erase=True).changed == 1
    (version,) = queries.versions(lan(), "contribution")
    assert isinstance(version.was, PeriodView)
    assert version.was.wage_parts.seniority_percent == Decimal("12.5")
    assert version.was.worker_percent == 8
    assert period().wage_parts.seniority_percent is None


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("position_allowance", "-0.2", "bad_amount"),
        ("area_allowance", "0,1,2", "bad_amount"),
        ("other_allowance", "0.123", "bad_amount"),
        ("reelection_allowance", "có", "bad_amount"),
        ("salary", "5.000.00", "bad_amount"),
        ("salary_allowance", "-1", "bad_amount"),
        ("salary_supplement", "?", "bad_amount"),
        ("over_scale_percent", "100.01", "bad_percent"),
        ("seniority_percent", "5%%", "bad_percent"),
        ("worker_percent", "101", "bad_percent"),
        ("employer_percent", "-1", "bad_percent"),
    ],
)
def test_a_wrong_part_is_refused(cast, column, cell, code):
    report = load(cast, "participation", TEACHER | {column: cell})
    assert (report.new, report.refused) == (0, 1)
    assert report.error_file is not None
    assert code in report.error_file.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        *((column, -1, "participants_contribution_parts_not_negative") for column in AMOUNTS),
        *((column, -1, "participants_contribution_percents") for column in PERCENTS),
        *((column, 101, "participants_contribution_percents") for column in PERCENTS),
    ],
)
def test_the_database_itself_refuses_a_wrong_part(cast, column, value, constraint):
    given = {"scheme": "bhxh", "from_month": date(2020, 1, 1), "run_id": 1, "line": 1, "as_of": NOW}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Contribution.objects.create(person_id=lan(), **given, **{column: value})
