"""The 12-digit personal number names a person in every file, and may be the only code there is [M]."""

import pytest
from django.db import IntegrityError, connection

from vssid.domain.participants import queries
from vssid.domain.participants.models.people import Contribution, Identifier, Person
from vssid.domain.participants.tests.files import COVER, JOB, LAN, load, load_cast
from vssid.infra.database.constraints import constraint_of
from vssid.kernel.ids import BhxhCode, IdNumber

NUMBER = LAN["id_number"]
NEWBORN = {"bhxh_code": "031225000007", "full_name": "Trần Gia Hân", "birth_date": "2025-06-02", "sex": "2"}


@pytest.fixture
def cast(db, tmp_path):
    load_cast()
    return tmp_path


def counts(report):
    return report.new, report.changed, report.same, report.refused


def why(report):
    return report.error_file.read_text(encoding="utf-8-sig")


def test_a_file_may_name_a_person_by_the_personal_number(cast):
    assert counts(load(cast, "participation", JOB | {"bhxh_code": NUMBER})) == (1, 0, 0, 0)
    assert counts(load(cast, "participation", JOB)) == (0, 0, 1, 0)
    assert counts(load(cast, "coverage", COVER | {"bhxh_code": NUMBER})) == (1, 0, 0, 0)


def test_code_and_number_of_one_person_in_a_file_are_one_key(cast):
    report = load(cast, "participation", JOB, JOB | {"bhxh_code": NUMBER, "job": "Tổ trưởng"})
    assert counts(report) == (1, 0, 0, 1)
    assert "duplicate" in why(report)
    assert Contribution.objects.get().job == "Công nhân may"


@pytest.mark.parametrize(
    ("code", "reason"),
    [("031188000009", "unknown_person"), ("03118800000", "bad_bhxh_code"), ("03118800000A", "bad_bhxh_code")],
)
def test_a_number_that_leads_nowhere_is_refused(cast, code, reason):
    report = load(cast, "participation", JOB, JOB | {"bhxh_code": code})
    assert counts(report) == (1, 0, 0, 1)
    assert reason in why(report)


def test_who_has_only_a_personal_number_is_a_person_of_the_register(cast):
    assert counts(load(cast, "people", NEWBORN)) == (1, 0, 0, 0)
    person = queries.by_bhxh_code(BhxhCode(NEWBORN["bhxh_code"]))
    assert person is not None
    assert person == queries.by_id_number(IdNumber(NEWBORN["bhxh_code"]))
    assert person.bhxh_code.reveal() == NEWBORN["bhxh_code"]
    assert person.id_number is not None
    assert counts(load(cast, "people", NEWBORN)) == (0, 0, 1, 0)
    assert counts(load(cast, "coverage", COVER | {"bhxh_code": NEWBORN["bhxh_code"]})) == (1, 0, 0, 0)


def test_the_personal_number_lies_in_no_table_in_plain(cast):
    load(cast, "people", NEWBORN)
    load(cast, "coverage", COVER | {"bhxh_code": NEWBORN["bhxh_code"]})
    with connection.cursor() as cursor:
        for table in ("participants_person", "participants_identifier", "participants_coverage"):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            assert NEWBORN["bhxh_code"] not in cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("write", "constraint"),
    [
        (lambda: Person.objects.update(bhxh_code=NUMBER), "participants_person_code_form"),
        (
            lambda: Identifier.objects.filter(kind="bhxh").update(key=NUMBER),
            "participants_identifier_key_form",
        ),
    ],
)
def test_the_database_takes_no_personal_number_in_plain(cast, write, constraint):
    with pytest.raises(IntegrityError) as refused:
        write()
    assert constraint_of(refused.value) == constraint


def test_who_is_named_by_the_number_keeps_the_code(cast):
    report = load(cast, "people", LAN | {"bhxh_code": NUMBER, "full_name": "Trần Thị Lân"})
    assert counts(report) == (0, 1, 0, 0)
    person = Person.objects.get(full_name="Trần Thị Lân")
    assert person.bhxh_code == LAN["bhxh_code"]
    assert Identifier.objects.filter(person_id=person.person_id, kind="bhxh").count() == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (NEWBORN | {"id_number": "031225000008"}, "code_disagrees"),
        (LAN | {"bhxh_code": "3199000008", "id_number": NUMBER}, "id_taken"),
    ],
)
def test_a_number_that_contradicts_is_refused(cast, row, reason):
    report = load(cast, "people", row)
    assert counts(report) == (0, 0, 0, 1)
    assert reason in why(report)


def test_a_number_that_is_the_code_of_another_line_is_refused_as_document(cast):
    other = {**NEWBORN, "bhxh_code": "3199000008", "id_number": NEWBORN["bhxh_code"]}
    report = load(cast, "people", NEWBORN, other)
    assert counts(report) == (1, 0, 0, 1)
    assert "id_twice" in why(report)
