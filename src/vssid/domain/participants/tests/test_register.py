from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from vssid.domain.imports import actions
from vssid.domain.participants.views import PersonView
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import SYSTEM
from vssid.kernel.ids import BhxhCode, IdKind, IdNumber

from .. import queries
from ..employers import search
from ..models.people import Contribution, Identifier, Person
from .files import BINH, COVER, IMPORTERS, JOB, LAN, NOW, load, load_cast

TODAY = date(2025, 7, 1)


@pytest.fixture
def cast(db, tmp_path):
    load_cast()
    return tmp_path


def lan() -> PersonView:
    person = queries.by_bhxh_code(BhxhCode.parse("3199 000 001"))
    assert person is not None
    return person


def why(report):
    return report.error_file.read_text(encoding="utf-8-sig")


def test_a_person_is_found_by_bhxh_code_with_all_that_was_told(cast):
    person = lan()
    assert (person.full_name, person.birth_date, person.sex) == ("Trần Thị Lan", date(1988, 3, 14), 2)
    assert person.id_number is not None
    assert person.id_number.reveal() == "031188000001"
    assert person.phone is not None
    assert person.phone.reveal() == "+84590000001"
    assert person.address == "Số 1 Lạch Tray, Phường Hồng Bàng, Thành phố Hải Phòng"
    assert (person.office_code, person.email, person.as_of) == ("03101", "lan@example.invalid", NOW)
    assert person.id_issued_on == date(2021, 5, 17)


@pytest.mark.parametrize("number", ["031188000001", "031000001"])
def test_a_person_is_found_by_either_id_number(cast, number):
    person = queries.by_id_number(IdNumber(number))
    assert person is not None
    assert person.bhxh_code.reveal() == "3199000001"


def test_the_personal_number_works_as_bhxh_code(cast):
    assert queries.by_bhxh_code(BhxhCode.parse("0311 8800 0001")) == lan()


def test_nobody_is_found_by_an_unknown_number(cast):
    assert queries.by_bhxh_code(BhxhCode("9999999999")) is None
    assert queries.by_bhxh_code(BhxhCode("999999999999")) is None
    assert queries.by_id_number(IdNumber("031188000009")) is None
    assert queries.person(1) is None


def test_a_birth_year_alone_is_kept_as_such(cast):
    person = queries.by_bhxh_code(BhxhCode("3199000002"))
    assert person is not None
    assert (person.birth_date, person.birth_precision) == (date(1979, 1, 1), "year")


def test_id_number_phone_and_mail_lie_in_no_table_in_plain(cast):
    with connection.cursor() as cursor:
        for table in ("participants_person", "participants_identifier"):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            content = cursor.fetchone()[0]
            for canary in ("031188000001", "031000001", "590000001", "lan@example"):
                assert canary not in content


def test_the_same_people_twice_change_nothing(cast):
    before = bytes(Person.objects.get(bhxh_code="3199000001").sealed)
    assert load(cast, "people", LAN, BINH).same == 2
    assert bytes(Person.objects.get(bhxh_code="3199000001").sealed) == before


def test_a_changed_phone_is_sealed_anew(cast):
    assert load(cast, "people", LAN | {"phone": "0590000009"}).changed == 1
    phone = lan().phone
    assert phone is not None
    assert phone.reveal() == "+84590000009"


def test_a_corrected_id_number_finds_and_the_wrong_one_does_not(cast):
    load(cast, "people", LAN | {"id_number": "031188000007"})
    assert queries.by_id_number(IdNumber("031188000007")) == lan()
    assert queries.by_id_number(IdNumber("031188000001")) is None


def test_an_erased_person_cannot_be_opened(cast):
    person = lan()
    vault.erase(person.person_id)
    with pytest.raises(vault.Erased):
        queries.person(person.person_id)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"bhxh_code": "319900000"}, "lost_zero"),
        ({"bhxh_code": "31990000"}, "lost_zero"),
        ({"bhxh_code": "3199000"}, "bad_bhxh_code"),
        ({"bhxh_code": "31188000001"}, "lost_zero"),
        ({"birth_date": "1890-05-06"}, "born_before"),
        ({"bhxh_code": "031188000002"}, "code_disagrees"),
        ({"bhxh_code": ""}, "missing"),
        ({"full_name": "Trần 2"}, "bad_name"),
        ({"full_name": ""}, "missing"),
        ({"birth_date": "1988-13-01"}, "bad_day"),
        ({"birth_date": "2999-01-01"}, "born_later"),
        ({"sex": "4"}, "bad_choice"),
        ({"id_number": "12345"}, "bad_id_number"),
        ({"id_number": "031079000002"}, "id_taken"),
        ({"commune_code": "99999"}, "unknown_commune"),
        ({"province_code": "30"}, "unknown_province"),
        ({"office_code": "03999"}, "unknown_office"),
        ({"household_code": "1"}, "bad_household"),
    ],
)
def test_a_wrong_person_is_refused(cast, change, code):
    report = load(cast, "people", LAN | change)
    assert (report.new, report.changed, report.refused) == (0, 0, 1)
    assert code in why(report)


def test_a_corrected_error_file_goes_in_as_it_is(cast):
    refused = BINH | {"bhxh_code": "3199000005", "id_number": "03107900000X", "phone": "0590000005"}
    report = load(cast, "people", LAN, refused)
    assert (report.same, report.refused) == (1, 1)
    corrected = cast / "corrected.csv"
    corrected.write_text(why(report).replace("03107900000X", "031079000005"), encoding="utf-8")
    again = actions.run(IMPORTERS["people"], corrected, by=SYSTEM, now=NOW)
    assert (again.read, again.new, again.refused) == (1, 1, 0)
    person = queries.by_id_number(IdNumber("031079000005"))
    assert person is not None
    assert person.phone is not None
    assert person.phone.reveal() == "+84590000005"


def test_two_people_of_one_file_with_one_id_number_are_both_refused(cast):
    first = BINH | {"bhxh_code": "3199000003", "id_number": "031079000099"}
    second = BINH | {"bhxh_code": "3199000004", "id_number": "031079000099"}
    report = load(cast, "people", first, second)
    assert (report.new, report.refused) == (0, 2)
    assert "id_twice" in why(report)


def test_participation_counts_months_once_and_tells_what_is_unpaid(cast):
    late = JOB | {"from_month": "2021-07", "to_month": "", "unpaid_from": "2025-06", "employer_code": ""}
    report = load(cast, "participation", JOB, late, JOB | {"scheme": "bhtn"})
    assert report.new == 3
    record = queries.participation(lan().person_id, TODAY)
    bhxh = record.of("bhxh")
    assert (bhxh.totals.months, bhxh.totals.unpaid_months) == (67, 2)
    assert [period.employer_name for period in bhxh.periods] == ["Công ty TNHH Sao Mai (mẫu)", ""]
    assert [(stretch.first, stretch.months) for stretch in record.unpaid("bhxh", TODAY)] == [
        (date(2025, 6, 1), 2)
    ]
    assert record.of("bhtn").totals.months == 24
    assert record.of("tnld").periods == ()
    assert record.as_of == NOW


def test_the_same_periods_twice_change_nothing_though_written_otherwise(cast):
    load(cast, "participation", JOB, JOB | {"from_month": "2022-01", "to_month": "", "employer_code": ""})
    again = JOB | {"from_month": "01/2020", "to_month": "2021-12"}
    assert (
        load(
            cast, "participation", again, JOB | {"from_month": "01/2022", "to_month": "", "employer_code": ""}
        ).same
        == 2
    )
    assert Contribution.objects.filter(person_id=lan().person_id).count() == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"bhxh_code": "3199999999"}, "unknown_person"),
        ({"scheme": "bhyt"}, "bad_choice"),
        ({"from_month": "2020-13"}, "bad_month"),
        ({"from_month": ""}, "missing"),
        ({"to_month": "2019-12"}, "ends_before"),
        ({"unpaid_from": "2019-12"}, "unpaid_outside"),
        ({"unpaid_from": "2022-01"}, "unpaid_outside"),
        ({"employer_code": "TZ0099A"}, "unknown_employer"),
        ({"employer_code": "công ty"}, "bad_employer"),
        ({"wage": "-1"}, "bad_wage"),
        ({"wage": "5.200.00"}, "bad_wage"),
        ({"wage_kind": "giờ"}, "bad_choice"),
    ],
)
def test_a_wrong_period_is_refused(cast, change, code):
    report = load(cast, "participation", JOB | change)
    assert (report.new, report.refused) == (0, 1)
    assert code in why(report)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"bhxh_code": "3199999999"}, "unknown_person"),
        ({"object_code": "D1"}, "bad_object"),
        ({"benefit_level": "6"}, "bad_choice"),
        ({"valid_to": "2024-12-31"}, "ends_before"),
        ({"living_area": "K4"}, "bad_choice"),
        ({"facility_code": "990"}, "lost_zero"),
        ({"old_card_number": "DN431"}, "bad_card"),
        ({"office_code": "03999"}, "unknown_office"),
    ],
)
def test_a_wrong_coverage_is_refused(cast, change, code):
    report = load(cast, "coverage", COVER | change)
    assert (report.new, report.refused) == (0, 1)
    assert code in why(report)


def test_of_several_coverages_the_best_valid_one_counts(cast):
    poor = COVER | {"object_code": "HN", "benefit_level": "2"}
    past = COVER | {"valid_from": "2020-01-01", "valid_to": "2020-12-31", "benefit_level": "1"}
    load(cast, "coverage", COVER, poor, past)
    cover = queries.coverage(lan().person_id, TODAY)
    assert cover is not None
    assert cover.object_code == "HN"
    assert len(queries.coverages(lan().person_id)) == 3


def test_without_a_valid_coverage_the_next_counts_before_the_last(cast):
    past = COVER | {"valid_from": "2020-01-01", "valid_to": "2020-12-31"}
    load(cast, "coverage", past)
    last = queries.coverage(lan().person_id, TODAY)
    assert last is not None
    assert last.valid_from == date(2020, 1, 1)
    load(cast, "coverage", COVER | {"valid_from": "2026-01-01"})
    coming = queries.coverage(lan().person_id, TODAY)
    assert coming is not None
    assert coming.valid_from == date(2026, 1, 1)


def test_a_person_without_coverage_has_none(cast):
    assert queries.coverage(lan().person_id, TODAY) is None


def test_an_employer_is_found(cast):
    row = search.by_code("TZ0001A")
    assert row is not None
    assert (row[0].name, row[0].office_code) == ("Công ty TNHH Sao Mai (mẫu)", "03101")
    assert search.by_code("TZ0099A") is None


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"scheme": "bhyt"}, "participants_contribution_scheme"),
        ({"from_month": date(2020, 1, 2)}, "participants_contribution_months"),
        ({"to_month": date(2019, 12, 1)}, "participants_contribution_order"),
        ({"unpaid_from": date(2019, 12, 1)}, "participants_contribution_order"),
        ({"wage": -1}, "participants_contribution_wage_not_negative"),
    ],
)
def test_the_database_itself_refuses_a_wrong_period(cast, fields, constraint):
    given = {"scheme": "bhxh", "from_month": date(2020, 1, 1), "run_id": 1, "line": 1, "as_of": NOW} | fields
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Contribution.objects.create(person_id=lan().person_id, **given)


def test_the_database_itself_refuses_an_id_number_in_plain(cast):
    with pytest.raises(IntegrityError, match="key_form"), transaction.atomic():
        Identifier.objects.create(kind="cccd", key="031188000001", person_id=1)


def test_every_statement_names_the_person_on_each_person_table(cast, django_assert_num_queries):
    load(cast, "participation", JOB)
    load(cast, "coverage", COVER)
    person_id = lan().person_id
    # The third asks for the day of the employers' standings, which are nobody's.
    with django_assert_num_queries(3) as asked:
        queries.participation(person_id, TODAY)
    of_people = [query["sql"] for query in asked.captured_queries if "standing" not in query["sql"]]
    assert len(of_people) == 2
    assert all(f'"person_id" = {person_id}' in sql for sql in of_people)


@pytest.mark.parametrize("passport", ["M123A4567", "e12345678", "TR 1234567", "A1", "C1234567"])
def test_a_passport_of_any_layout_finds_its_person(cast, passport):
    row = {"bhxh_code": "3199000077", "full_name": "Kim Min Su", "birth_date": "1985-05-06", "sex": "1"}
    assert load(cast, "people", row | {"id_number": passport}).new == 1
    person = queries.by_id_number(IdNumber.parse(passport, IdKind.PASSPORT))
    assert person is not None
    assert (person.full_name, person.id_kind) == ("Kim Min Su", IdKind.PASSPORT)


@pytest.mark.parametrize("number", ["12345678", "31190000001", "1234567890", "AB12345678", "Đ1234567", "7"])
def test_digits_that_may_have_lost_a_zero_are_no_passport(cast, number):
    row = {"bhxh_code": "3199000077", "full_name": "Kim Min Su", "birth_date": "1985-05-06", "sex": "1"}
    report = load(cast, "people", row | {"id_number": number})
    assert (report.new, report.refused) == (0, 1)
    assert "bad_id_number" in why(report) or "lost_zero" in why(report)
