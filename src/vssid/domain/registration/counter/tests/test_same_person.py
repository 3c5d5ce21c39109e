"""A card or number scanned over an open form: the same person's, or somebody else's."""

from __future__ import annotations

import pytest

from tests.making.registrations import BINH, LAN, NOW, make_officer, make_person
from vssid.domain.audit.models import Event
from vssid.domain.identity import cccd_qr
from vssid.kernel.sheets import Sheet

from .. import same_person, visitors, walk_ins
from .test_walk_ins import CARD, TYPED, begin, known

pytestmark = pytest.mark.django_db
CARD_OF_BINH = cccd_qr.compose(
    id_number=BINH.id_number,
    full_name=BINH.full_name,
    birth="30061985",
    sex=BINH.sex,
    address="",
    issued_on=BINH.issued_on,
)
NO_NUMBERS = TYPED | {"id_number": "", "bhxh_code": ""}


def is_other(text, typed):
    return same_person.is_other(visitors.find(text, by=make_officer(), now=NOW), typed)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        (CARD_OF_BINH, TYPED),
        (CARD_OF_BINH, TYPED | {"full_name": BINH.full_name, "birth_date": "30/06/1985"}),
        (CARD, NO_NUMBERS | {"full_name": "Nguyễn Thị Lân"}),
        (CARD, NO_NUMBERS | {"full_name": "Tran Van Binh", "birth_date": ""}),
        (CARD, NO_NUMBERS | {"birth_date": "03/01/1990"}),
        (CARD, NO_NUMBERS | {"full_name": "", "birth_date": "03.01.1990"}),
        ("9999999999", TYPED),
        ("9999999999", NO_NUMBERS | {"bhxh_code": LAN.bhxh_code}),
    ],
    ids=[
        "number",
        "number of a namesake",
        "name",
        "name without diacritics",
        "birth",
        "birth alone",
        "unknown code, number typed",
        "unknown code, code typed",
    ],
)  # fmt: skip
def test_it_is_somebody_elses(text: str, typed: dict[str, str]) -> None:
    assert is_other(text, typed)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        (CARD, TYPED),
        (CARD, TYPED | {"full_name": "Sai", "birth_date": "01/01/2000", "bhxh_code": "9999999999"}),
        (CARD, NO_NUMBERS | {"full_name": LAN.full_name.upper(), "birth_date": "1990-01-02"}),
        (CARD, NO_NUMBERS | {"full_name": "nguyen thi lan", "birth_date": "sai"}),
        (CARD, dict.fromkeys(TYPED, "")),
        (CARD, {}),
        (CARD, NO_NUMBERS | {"id_kind": "passport", "id_number": "B1234567"}),
        ("9999999999", {"bhxh_code": "9999 999 999", "id_number": LAN.id_number}),
        ("9999999999", {"full_name": LAN.full_name}),
    ],
    ids=[
        "number",
        "number alone",
        "name and birth",
        "hurried name",
        "nothing typed",
        "nothing at all",
        "passport",
        "unknown code",
        "unknown code of a name",
    ],
)  # fmt: skip
def test_it_is_the_same_persons(text: str, typed: dict[str, str]) -> None:
    assert not is_other(text, typed)


def test_a_code_is_compared_by_what_the_register_knows_of_it() -> None:
    known()
    assert not is_other(LAN.bhxh_code, TYPED | {"bhxh_code": ""})
    assert is_other(LAN.bhxh_code, TYPED | {"id_number": BINH.id_number})
    assert is_other(LAN.bhxh_code, NO_NUMBERS | {"bhxh_code": BINH.bhxh_code})


def test_a_card_of_the_year_alone_is_compared_by_the_year() -> None:
    card = cccd_qr.compose(id_number=LAN.id_number, full_name=LAN.full_name, birth="1990", sex=LAN.sex,
        address="", issued_on=LAN.issued_on)  # fmt: skip
    assert not is_other(card, NO_NUMBERS)
    assert is_other(card, NO_NUMBERS | {"birth_date": "02/01/1991"})


def test_what_is_somebody_elses_fills_in_nothing_and_is_an_event_of_theirs() -> None:
    make_person()
    other = make_person(BINH)
    minh = make_officer()
    number = begin(minh)
    typed = TYPED | {"street": "Số 7"}
    scanned = walk_ins.fill_in(number, BINH.bhxh_code, typed, by=minh, sheet=Sheet.drawn(""), now=NOW)
    assert scanned is not None
    assert scanned.number == BINH.bhxh_code
    kept = walk_ins.typed_of(walk_ins.view(number, by=minh))
    assert {name: kept[name] for name in typed} == typed
    event = Event.objects.latest("seq")
    assert (event.kind, event.subject_id) == ("counter.identified", other)


def test_the_same_persons_fills_in_and_is_no_event_anew() -> None:
    known()
    minh = make_officer()
    number = begin(minh)
    before = Event.objects.count()
    typed = TYPED | {"full_name": "", "id_number": ""}
    assert walk_ins.fill_in(number, CARD, typed, by=minh, sheet=Sheet.drawn(""), now=NOW) is None
    kept = walk_ins.typed_of(walk_ins.view(number, by=minh))
    assert (kept["full_name"], kept["id_number"]) == (LAN.full_name, LAN.id_number)
    assert Event.objects.count() == before
