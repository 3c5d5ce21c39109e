"""A correction keeps what the register said before, and when."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection

from vssid.domain.participants import queries
from vssid.domain.participants.care.tests.test_benefits_and_visits import FLU, SICK
from vssid.domain.participants.care.views import BenefitView, VisitView
from vssid.domain.participants.models.people import Version
from vssid.domain.participants.tests.files import COVER, JOB, LAN, NOW, load, load_cast
from vssid.domain.participants.views import CoverageView, PeriodView, PersonView
from vssid.domain.vault import sealing as vault
from vssid.kernel.ids import BhxhCode

LATER = datetime(2025, 8, 1, 3, tzinfo=UTC)
LAST = datetime(2025, 9, 1, 3, tzinfo=UTC)


@pytest.fixture
def cast(db, tmp_path):
    load_cast()
    return tmp_path


def lan() -> int:
    person = queries.by_bhxh_code(BhxhCode("3199000001"))
    assert person is not None
    return person.person_id


def test_each_version_of_a_period_is_kept_with_its_time_and_origin(cast):
    first = load(cast, "participation", JOB)
    second = load(cast, "participation", JOB | {"wage": "5500000.5"}, now=LATER)
    third = load(cast, "participation", JOB | {"wage": "6000000"}, now=LAST)

    newer, older = queries.versions(lan(), "contribution")
    assert isinstance(newer.was, PeriodView)
    assert isinstance(older.was, PeriodView)
    assert (newer.was.wage, older.was.wage) == (Decimal("5500000.50"), Decimal(5_200_000))
    assert (older.said_from, older.said_until) == (NOW, LATER)
    assert (newer.said_from, newer.said_until) == (LATER, LAST)
    assert (older.run_id, older.replaced_by) == (first.run_id, second.run_id)
    assert (newer.run_id, newer.replaced_by, newer.line) == (second.run_id, third.run_id, 2)
    assert (older.was.from_month, older.was.employer_name) == (date(2020, 1, 1), "Công ty TNHH Sao Mai (mẫu)")
    (period,) = queries.participation(lan()).of("bhxh").periods
    assert (period.wage, period.id) == (Decimal(6_000_000), older.record_id)


def test_an_older_row_of_every_kind_is_opened_as_it_was(cast):
    for kind, row, change in (
        ("coverage", COVER, {"benefit_level": "3"}),
        ("benefits", SICK, {"amount": "1"}),
        ("visits", FLU, {"diagnosis_code": "J11.1"}),
    ):
        load(cast, kind, row)
        assert load(cast, kind, row | change, now=LATER).changed == 1
    was = [version.was for version in queries.versions(lan())]
    kinds = [type(view) for view in was]
    assert kinds == [VisitView, BenefitView, CoverageView]
    visit, benefit, cover = was
    assert isinstance(visit, VisitView)
    assert isinstance(benefit, BenefitView)
    assert isinstance(cover, CoverageView)
    assert (visit.diagnosis_code, visit.came_at) == ("J10.1", queries.visits(lan())[0].came_at)
    assert (benefit.amount, benefit.from_date) == (Decimal(1_125_000), date(2024, 3, 4))
    assert (cover.benefit_level, cover.valid_to, cover.auto_renews) == ("4", None, True)


def test_an_older_row_of_a_person_is_opened_with_its_sealed_part(cast):
    load(cast, "people", LAN | {"phone": "0590000009", "full_name": "Trần Thị Lân"}, now=LATER)
    (version,) = queries.versions(lan(), "person")
    assert isinstance(version.was, PersonView)
    assert version.was.full_name == "Trần Thị Lan"
    assert version.was.phone is not None
    assert version.was.phone.reveal() == "+84590000001"
    assert version.was.birth_date == date(1988, 3, 14)
    assert (version.record_id, version.said_until) == (lan(), LATER)


def test_no_id_number_or_phone_lies_plain_in_an_older_row(cast):
    load(cast, "people", LAN | {"phone": "0590000009", "id_number": "031188000007"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM participants_version t")
        content = cursor.fetchone()[0]
    for canary in ("031188000001", "590000001", "lan@example"):
        assert canary not in content


def test_new_and_equal_rows_leave_no_version(cast):
    for _ in range(2):
        load(cast, "people", LAN)
        load(cast, "participation", JOB)
        load(cast, "coverage", COVER)
    assert not Version.objects.exists()


def test_versions_are_narrowed_to_one_row(cast):
    other = JOB | {"from_month": "2022-01", "to_month": ""}
    load(cast, "participation", JOB, other)
    load(cast, "participation", JOB | {"job": "Tổ trưởng"}, other | {"job": "Trưởng ca"})
    both = queries.versions(lan(), "contribution")
    assert len(both) == 2
    assert queries.versions(lan(), "contribution", both[0].record_id) == [both[0]]
    assert queries.versions(lan(), "coverage") == []


def test_a_dry_run_keeps_no_version(cast):
    load(cast, "participation", JOB)
    assert load(cast, "participation", JOB | {"wage": "5300000"}, dry_run=True).changed == 1
    assert not Version.objects.exists()


def test_an_erased_person_has_no_readable_past(cast):
    load(cast, "people", LAN | {"phone": "0590000009"})
    person_id = lan()
    vault.erase(person_id)
    with pytest.raises(vault.Erased):
        queries.versions(person_id)
