"""A decision writes what was asked for, keeps what it replaces, and names where it came from."""

from datetime import date

import pytest
from django.db import transaction

from tests.certain import certain
from tests.making.registrations import BINH, LAN, NOW, make_officer, make_person
from vssid.domain.imports import queries as imports
from vssid.domain.participants import queries
from vssid.domain.participants.errors import IdTaken, NoCoverage, NoSuchPerson
from vssid.domain.participants.models.people import Identifier
from vssid.domain.participants.views import CoverageView, PersonView
from vssid.kernel.ids import IdNumber
from vssid.web.citizen.tests.cast import add_coverage

from .. import corrections
from ..corrections import Decision

pytestmark = pytest.mark.django_db


def decision() -> Decision:
    return Decision("DV00001/2026/03101", "BHXH mẫu", make_officer(), NOW)


def test_new_contact_values_are_written_and_the_old_ones_kept():
    person_id = make_person(LAN)
    corrections.correct_person(
        person_id,
        {"phone": "+84987654321", "email": "lan@vidu.vn", "street": "Số 9", "commune_code": "11311"},
        decision(),
    )
    now, before = certain(queries.person(person_id)), queries.versions(person_id, "person")[0].was
    assert (certain(now.phone).reveal(), now.email, now.street) == ("+84987654321", "lan@vidu.vn", "Số 9")
    assert certain(now.id_number).reveal() == LAN.id_number
    assert isinstance(before, PersonView)
    assert (certain(before.phone).reveal(), before.street) == (LAN.phone, "Số 12")


def test_the_row_names_the_decision_and_its_office():
    person_id = make_person(LAN)
    corrections.correct_person(person_id, {"full_name": "Nguyễn Thị Lân"}, decision())
    run = imports.report(queries.versions(person_id, "person")[0].replaced_by)
    assert (run.file_name, run.sender, run.changed) == ("DV00001/2026/03101", "BHXH mẫu", 1)
    assert imports.latest() == []


def test_a_new_id_number_leads_to_the_person_and_the_one_before_still_does():
    person_id = make_person(LAN)
    corrections.correct_person(person_id, {"id_number": "031190000077"}, decision())
    corrections.correct_person(person_id, {"id_number": "031190000088"}, decision())
    for number in ("031190000077", "031190000088"):
        assert certain(queries.by_id_number(IdNumber(number))).person_id == person_id
    assert certain(certain(queries.person(person_id)).old_id_number).reveal() == "031190000077"
    assert Identifier.objects.filter(person_id=person_id).exclude(kind="bhxh").count() == 2


def test_an_id_number_of_somebody_else_is_refused_and_nothing_is_written():
    lan, binh = make_person(LAN), make_person(BINH)
    corrections.correct_person(binh, {"id_number": "031190000077"}, decision())
    with pytest.raises(IdTaken), transaction.atomic():
        corrections.correct_person(lan, {"id_number": "031190000077"}, decision())
    assert certain(certain(queries.person(lan)).id_number).reveal() == LAN.id_number
    assert queries.versions(lan) == []


def test_an_unknown_person_is_refused():
    with pytest.raises(NoSuchPerson):
        corrections.correct_person(5, {"street": "x"}, decision())


def test_a_facility_from_a_day_parts_the_coverage_there():
    person_id = make_person(LAN)
    add_coverage(person_id, date(2026, 1, 1), None)
    corrections.change_facility(person_id, "31902", date(2026, 11, 1), decision())
    later, earlier = queries.coverages(person_id)
    assert (earlier.facility_code, earlier.valid_to) == ("31901", date(2026, 10, 31))
    assert (later.facility_code, later.valid_from, later.valid_to) == ("31902", date(2026, 11, 1), None)
    was = queries.versions(person_id, "coverage")[0].was
    assert isinstance(was, CoverageView)
    assert was.valid_to is None
    assert certain(queries.coverage(person_id, date(2026, 10, 31))).facility_code == "31901"


def test_coverage_that_begins_later_only_gets_the_facility():
    person_id = make_person(LAN)
    add_coverage(person_id, date(2027, 1, 1), date(2027, 12, 31))
    corrections.change_facility(person_id, "31902", date(2026, 11, 1), decision())
    (only,) = queries.coverages(person_id)
    assert (only.facility_code, only.valid_from) == ("31902", date(2027, 1, 1))


def test_without_coverage_there_is_no_facility_to_change():
    person_id = make_person(LAN)
    add_coverage(person_id, date(2025, 1, 1), date(2025, 12, 31))
    with pytest.raises(NoCoverage):
        corrections.change_facility(person_id, "31902", date(2026, 11, 1), decision())
