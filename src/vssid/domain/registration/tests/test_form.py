from datetime import date

import pytest

from vssid.domain.casework.kinds import target
from vssid.domain.registration.states import CLOSED, MOVES, State
from vssid.kernel.errors import Invalid

from ..draft import form, steps

TODAY = date(2026, 11, 22)
WHO = {
    "bhxh_code": "0000 000 001",
    "full_name": "Nguyễn  Thị Lan",
    "birth_date": "2/1/1990",
    "sex": "2",
    "id_kind": "cccd",
    "id_number": "031 190 000 001",
    "issued_on": "01032021",
}
CONTACT = {
    "phone": "0912.345.678",
    "email": "",
    "province_code": "31",
    "commune_code": "11311",
    "street": "Số 12, ngõ 45",
}


def wrong_fields(clean, raw, **how):
    with pytest.raises(Invalid) as refused:
        clean(raw, **how)
    return refused.value.fields


def test_who_is_read_as_people_type_it():
    values = form.clean_who(WHO, today=TODAY)
    assert values == {
        "bhxh_code": "0000000001",
        "full_name": "Nguyễn Thị Lan",
        "birth_date": "1990-01-02",
        "sex": 2,
        "id_kind": "cccd",
        "id_number": "031190000001",
        "issued_on": "2021-03-01",
    }


@pytest.mark.parametrize("name", ["Mẫu", "H'Hen Niê", "Nguyễn Thị Lan", "Đặng Trần Côn"])
def test_names_of_any_shape_pass(name):
    assert form.clean_who({**WHO, "full_name": name}, today=TODAY)["full_name"] == name


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("bhxh_code", "", "required"),
        ("bhxh_code", "12345", "bad_code"),
        ("bhxh_code", "12345678901", "bad_code"),
        ("full_name", "", "required"),
        ("full_name", "12345", "bad_name"),
        ("full_name", "x" * 101, "too_long"),
        ("birth_date", "31/02/1990", "bad_date"),
        ("birth_date", "hôm qua", "bad_date"),
        ("birth_date", "23/11/2026", "future"),
        ("birth_date", "01/01/1850", "too_old"),
        ("sex", "", "required"),
        ("sex", "3", "bad_choice"),
        ("id_kind", "bang-lai", "bad_choice"),
        ("id_kind", "cmnd", "bad_choice"),
        ("id_number", "123456789", "bad_cccd"),
        ("issued_on", "01/01/1989", "before_birth"),
        ("issued_on", "01/01/2030", "future"),
    ],
)
def test_it_refuses_what_is_wrong_with_who(field, typed, code):
    assert wrong_fields(form.clean_who, {**WHO, field: typed}, today=TODAY)[field] == code


def test_every_wrong_field_is_told_at_once():
    assert set(wrong_fields(form.clean_who, {}, today=TODAY)) == set(WHO)


@pytest.mark.parametrize(
    ("kind", "number", "code"),
    [
        ("passport", "1234567890", "bad_passport"),
        ("passport", "C123456Ắ", "bad_passport"),
        ("cccd", "03119000000A", "bad_cccd"),
    ],
)
def test_the_number_must_fit_the_kind(kind, number, code):
    raw = {**WHO, "id_kind": kind, "id_number": number}
    assert wrong_fields(form.clean_who, raw, today=TODAY)["id_number"] == code


def test_contact_is_read_as_people_type_it():
    assert form.clean_contact(CONTACT)["phone"] == "+84912345678"


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("phone", "", "required"),
        ("phone", "12345", "bad_phone"),
        ("phone", "0225 3842 123", "bad_phone"),
        ("email", "lan@", "bad_email"),
        ("province_code", "99", "bad_choice"),
        ("commune_code", "99999", "bad_choice"),
        ("commune_code", "00004", "not_in_province"),
        ("street", "", "required"),
        ("street", "x" * 201, "too_long"),
    ],
)
def test_it_refuses_what_is_wrong_with_the_contact(field, typed, code):
    assert wrong_fields(form.clean_contact, {**CONTACT, field: typed})[field] == code


def test_it_refuses_to_go_on_without_the_commitment():
    assert wrong_fields(form.clean_review, {}) == {"commitment": "required"}


def test_steps_open_one_after_the_other():
    values = form.clean_who(WHO, today=TODAY)
    assert steps.first_missing({}, []) is steps.WHO
    assert steps.first_missing(values, []) is steps.CONTACT
    assert steps.reachable(steps.CONTACT, values, [])
    assert not steps.reachable(steps.PHOTOS, values, [])


def test_a_passport_needs_no_back():
    kinds = steps.required_photos({"id_kind": "passport"})
    assert sorted(kind.value for kind in kinds) == ["front", "portrait"]


def test_nothing_moves_a_closed_application():
    assert all(target(MOVES, move, state) is None for move in MOVES for state in CLOSED)


def test_only_a_received_application_is_approved():
    assert [state for state in State if target(MOVES, "approve", state)] == [State.RECEIVED]


def test_a_draft_of_before_that_names_a_void_card_goes_back_to_its_first_step():
    values = form.clean_who(WHO, today=TODAY)
    assert steps.first_missing(values, []) is steps.CONTACT
    assert steps.first_missing({**values, "id_kind": "cmnd", "id_number": "031000001"}, []) is steps.WHO
