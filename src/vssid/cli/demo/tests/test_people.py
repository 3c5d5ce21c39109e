"""The synthetic province is consistent, always the same, and goes through the real imports unrefused."""

from datetime import UTC, date, datetime, timedelta

import pytest

from vssid.cli.files.importing import importers
from vssid.domain.cards import standing
from vssid.domain.cards.standing import Worth
from vssid.domain.imports import actions
from vssid.domain.participants import queries as register
from vssid.domain.participants.employers import search, statistics
from vssid.domain.participants.employers.statistics import State
from vssid.domain.record import queries, wallet
from vssid.kernel.actor import SYSTEM
from vssid.kernel.ids import BhxhCode, IdNumber, Phone

from ..invented import people

TODAY = date(2025, 7, 1)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    return people.generate(tmp_path_factory.mktemp("demo"), 300, 7, TODAY)


@pytest.fixture
def loaded(demo, db, tmp_path):
    known, now = importers(), datetime(2025, 7, 1, tzinfo=UTC)
    reports = [
        actions.run(known[kind], path, by=SYSTEM, now=now, errors_to=tmp_path / f"{kind}.csv")
        for kind, path in demo.files.items()
    ]
    assert [(report.kind, report.refused) for report in reports if report.refused] == []
    return {report.kind: report for report in reports}


def everybody(demo):
    return [*demo.citizens, *(registrant.person for registrant in demo.registrants)]


def test_one_seed_gives_the_same_files(demo, tmp_path):
    again = people.generate(tmp_path, 300, 7, TODAY)
    for kind, path in demo.files.items():
        assert path.read_bytes() == again.files[kind].read_bytes()


def test_every_file_goes_in_without_a_refusal(loaded):
    assert loaded["people"].new == 300
    assert loaded["participation"].new > 1000
    assert loaded["coverage"].new >= 300


def test_numbers_are_of_the_right_form_and_agree(demo):
    for person in everybody(demo):
        BhxhCode.parse(person.bhxh_code)
        number = IdNumber.parse(person.id_number).reveal()
        Phone.parse_mobile(person.phone)
        assert number[4:6] == f"{person.birth_date:%y}"
        assert int(number[3]) % 2 == person.sex - 1
        assert person.id_issued_on <= TODAY


def test_there_are_registrants_of_each_sort(demo):
    assert len(demo.registrants) >= 6
    assert {registrant.mismatch for registrant in demo.registrants} == {"", "old_cmnd", "name_mark"}
    plans = {plan for registrant in demo.registrants for plan in registrant.photos.values()}
    assert plans == {"good", "blurred", "dark", "other_person", "not_a_card"}


def test_the_register_differs_from_the_card_where_it_should(demo, loaded):
    for registrant in demo.registrants:
        participant = register.by_bhxh_code(BhxhCode(registrant.person.bhxh_code))
        assert participant is not None
        assert (participant.full_name == registrant.person.full_name) is (registrant.mismatch != "name_mark")
        assert (participant.id_number == registrant.person.id_number) is (registrant.mismatch != "old_cmnd")


def test_facilities_and_employers_are_marked_as_invented(demo):
    for kind in ("facilities", "employers"):
        rows = demo.files[kind].read_text(encoding="utf-8").splitlines()[1:]
        assert all("(mẫu)" in row and row.endswith(",1") for row in rows)


def test_employers_of_every_standing_are_there(loaded):
    now = datetime(2025, 7, 1, tzinfo=UTC)
    statistics.count(now=now)
    told = [employer for _, employer in search.everyone()]
    assert {State.TAKING_PART, State.STOPPED} <= {employer.state for employer in told}
    assert any(employer.people for employer in told)
    assert any(employer.state is State.TAKING_PART and employer.people is None for employer in told)
    assert any(employer.owed_months for employer in told)


def test_household_businesses_have_no_tax_code(loaded):
    coded = {employer.code[:2]: bool(employer.tax_code) for employer, _ in search.everyone()}
    assert coded == {"TZ": True, "HC": True, "CZ": False}


def test_hong_bang_and_sao_mai_are_there(demo):
    assert ("03101", "BHXH cơ sở Hồng Bàng (mẫu)") in [(office.code, office.name) for office in demo.offices]
    assert any("Sao Mai" in employer.name for employer in demo.employers)
    assert len(demo.offices) >= 8


def test_the_first_family_has_a_late_employer_a_new_benefit_and_an_ended_card(demo, loaded):
    now = datetime(2025, 7, 1, 3, tzinfo=UTC)
    mother, child = (
        register.by_bhxh_code(BhxhCode(person.bhxh_code)) for person in (demo.citizens[0], demo.children[0])
    )
    assert mother is not None
    assert child is not None
    statistics.count(now=now)
    told = wallet.of(mother.person_id, now=now)
    hers = standing.of(told.record.card, told.record.participation.of("bhxh"), TODAY)
    assert (hers.counts, hers.is_late) == (True, True)
    assert told.benefit is not None
    assert told.benefit.paid_on is not None
    assert TODAY - told.benefit.paid_on < timedelta(days=31)
    assert told.visit is not None
    theirs = queries.own_record(child.person_id, now=datetime(2026, 7, 1, tzinfo=UTC))
    assert standing.of(theirs.card, theirs.participation.of("bhxh"), date(2026, 7, 1)).worth is Worth.ENDED
