"""The steps of each procedure, and what can be filled in at them."""

from datetime import date

import pytest

from tests.making.registrations import LAN, NOW
from tests.making.requests_of_people import NEW_PLACE, OLD_PLACE, make_insured
from vssid.kernel.errors import Invalid

from .. import drafts
from ..definition import typed, walk
from ..definition.catalogue import CARD_REISSUE, DATA_CHANGE, FACILITY_CHANGE, PROCEDURES
from ..definition.shapes import Kind, Procedure


def names(procedure: Procedure, **answers) -> list[str]:
    return [step.name for step in walk.steps_of(procedure, answers)]


def test_the_way_to_get_the_card_decides_whether_an_address_is_asked():
    assert names(CARD_REISSUE, reason="lost", way="office") == ["ly-do", "nhan-the"]
    assert names(CARD_REISSUE, reason="lost", way="post") == ["ly-do", "nhan-the", "dia-chi"]
    assert "giay-to" in names(CARD_REISSUE, reason="damaged")


def test_only_a_change_of_identity_wants_a_proof():
    contact = {"what": ["phone", "email"], "phone": "+84987654321", "email": "a@vidu.vn"}
    assert walk.first_missing(DATA_CHANGE, contact, ()) is None
    identity = {"what": ["full_name"], "full_name": "Nguyễn Thị Lân"}
    missing = walk.first_missing(DATA_CHANGE, identity, ())
    assert missing is not None
    assert missing.name == "giay-to"
    assert walk.first_missing(DATA_CHANGE, identity, {"proof"}) is None


def test_answers_to_what_is_no_longer_asked_do_not_go_along():
    answers = {"what": ["email"], "email": "a@vidu.vn", "phone": "+84987654321"}
    assert walk.relevant(DATA_CHANGE, answers) == {"what": ["email"], "email": "a@vidu.vn"}


def test_a_later_step_does_not_open_before_the_ones_before_are_done():
    later = FACILITY_CHANGE.steps[1]
    assert not walk.reachable(FACILITY_CHANGE, later, {}, ())
    assert walk.reachable(FACILITY_CHANGE, later, {"facility_code": NEW_PLACE}, ())


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=lambda procedure: procedure.slug)
def test_every_field_has_a_reader_and_every_step_a_name_of_its_own(procedure):
    steps = [step.name for step in procedure.steps]
    fields = [field for step in procedure.steps for field in step.fields]
    assert len(steps) == len(set(steps))
    assert {field.form for field in fields} <= typed.READERS.keys()
    assert len({field.name for field in fields}) == len(fields)
    assert procedure.mark in {"[S]", "[M]", "[?]"}


REFUSED = [
    (CARD_REISSUE, "ly-do", {"reason": ""}, {"reason": "required"}),
    (CARD_REISSUE, "ly-do", {"reason": "x"}, {"reason": "bad_choice"}),
    (CARD_REISSUE, "ly-do", {"reason": "lost", "note": "x" * 201}, {"note": "too_long"}),
    (DATA_CHANGE, "doi-gi", {"what": "phone,x"}, {"what": "bad_choice"}),
    (DATA_CHANGE, "gia-tri-moi", {"what": "phone", "phone": "123"}, {"phone": "bad_phone"}),
    (DATA_CHANGE, "gia-tri-moi", {"what": "phone", "phone": LAN.phone}, {"phone": "same"}),
    (DATA_CHANGE, "gia-tri-moi", {"what": "email", "email": "a@"}, {"email": "bad_email"}),
    (DATA_CHANGE, "gia-tri-moi", {"what": "full_name", "full_name": "A1"}, {"full_name": "bad_name"}),
    (
        DATA_CHANGE,
        "gia-tri-moi",
        {"what": "birth_date", "birth_date": "31/02/1990"},
        {"birth_date": "bad_date"},
    ),
    (
        DATA_CHANGE,
        "gia-tri-moi",
        {"what": "birth_date", "birth_date": "19/11/2026"},
        {"birth_date": "future"},
    ),
    (DATA_CHANGE, "gia-tri-moi", {"what": "sex", "sex": "2"}, {"sex": "same"}),
    (
        DATA_CHANGE,
        "gia-tri-moi",
        {"what": "id_number", "id_number": "12", "id_issued_on": "01/01/2021"},
        {"id_number": "bad_cccd"},
    ),
    (
        DATA_CHANGE,
        "dia-chi-moi",
        {"commune_code": "00004", "street": "1"},
        {"commune_code": "not_in_province"},
    ),
    (FACILITY_CHANGE, "co-so", {"facility_code": "99999"}, {"facility_code": "bad_choice"}),
    (FACILITY_CHANGE, "co-so", {"facility_code": OLD_PLACE}, {"facility_code": "same"}),
    (FACILITY_CHANGE, "tu-ngay", {"from_day": "17/11/2026"}, {"from_day": "not_offered"}),
    (FACILITY_CHANGE, "tu-ngay", {"from_day": "18/12/2027"}, {"from_day": "not_offered"}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("procedure", "step", "raw", "wrong"), REFUSED)
def test_what_is_wrong_is_said_of_its_field(procedure, step, raw, wrong):
    standing = drafts.standing(make_insured(), procedure.kind, now=NOW)
    checked_step = next(candidate for candidate in procedure.steps if candidate.name == step)
    answers = {"what": raw.get("what", "").split(","), "province_code": "31"}
    with pytest.raises(Invalid) as refused:
        typed.clean(checked_step, raw, answers, standing)
    assert refused.value.fields == wrong


@pytest.mark.django_db
def test_what_people_type_is_understood():
    standing = drafts.standing(make_insured(), Kind.FACILITY_CHANGE, now=NOW)
    step = FACILITY_CHANGE.steps[1]
    values = typed.clean(step, {"from_day": "1-1-2027", "note": " gần  nhà "}, {}, standing)
    assert values == {"from_day": "2027-01-01", "note": "gần nhà"}
    assert standing.today == date(2026, 11, 18)
