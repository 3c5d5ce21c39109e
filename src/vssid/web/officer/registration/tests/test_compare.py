"""The letters that differ between form, card and register. Pure."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.making.registrations import NOW, typed_values
from vssid.domain.identity.reading import Reading, Source
from vssid.domain.participants.views import PersonView
from vssid.domain.registration.draft import form
from vssid.kernel.ids import BhxhCode, IdNumber, Phone

from .. import compare
from ..compare import Row

TODAY = date(2026, 11, 18)


def registered(**changes: Any) -> PersonView:
    facts: dict[str, Any] = {
        "person_id": 7,
        "bhxh_code": BhxhCode("0000000001"),
        "full_name": "Nguyễn Thị Lan",
        "birth_date": date(1990, 1, 2),
        "birth_precision": "day",
        "sex": 2,
        "id_number": IdNumber("031190000001"),
        "id_kind": None,
        "id_issued_on": None,
        "old_id_number": None,
        "phone": Phone("+84912345678"),
        "email": "",
        "address": "Số 12, Hải Phòng",
        "street": "",
        "commune_code": "",
        "province_code": "31",
        "household_code": "",
        "office_code": "",
        "as_of": NOW,
    }
    return PersonView(**{**facts, **changes})


def read(source: Source = Source.QR, **changes: Any) -> Reading:
    facts: dict[str, Any] = {
        "id_number": IdNumber("031190000001"),
        "full_name": "Nguyễn Thị Lan",
        "birth_date": date(1990, 1, 2),
        "sex": 2,
    }
    return Reading(source=source, **{**facts, **changes})


def rows(
    qr: Reading | None = None, mrz: Reading | None = None, person: PersonView | None = None, **typed: Any
) -> dict[str, Row]:
    made = compare.table(form.read(typed_values(**typed)), qr, mrz, person, today=TODAY)
    return {row.name: row for row in made}


def test_the_same_values_are_not_marked() -> None:
    assert [
        row.name
        for row in rows(read(), read(Source.MRZ, full_name="NGUYEN THI LAN"), registered()).values()
        if row.differs
    ] == []


def test_case_and_composition_are_no_difference() -> None:
    import unicodedata

    decomposed = unicodedata.normalize("NFD", "NGUYỄN THỊ LAN")
    assert not rows(read(full_name=decomposed), None, registered(full_name="nguyễn thị lan"))[
        "full_name"
    ].differs


def test_one_letter_is_marked_on_both_sides() -> None:
    row = rows(read(), None, registered(), full_name="Nguyễn Thị Lam")["full_name"]
    assert row.form.runs == [("Nguyễn Thị La", False), ("m", True)]
    assert row.qr.runs == row.register.runs == [("Nguyễn Thị La", False), ("n", True)]
    assert row.form.marked == "“m”"


def test_a_name_missing_a_word_says_which() -> None:
    row = rows(read(), None, None, full_name="Nguyễn Thị Lan Anh")["full_name"]
    assert row.qr.lacks == "Anh"
    assert row.form.marked == "“Anh”"


def test_an_mrz_is_compared_without_marks() -> None:
    row = rows(None, read(Source.MRZ, full_name="NGUYEN THI LAM"), None)["full_name"]
    assert row.mrz.runs == [("NGUYEN THI LA", False), ("M", True)]
    assert not rows(None, read(Source.MRZ, full_name="NGUYEN THI LAN"), None)["full_name"].differs


def test_a_long_name_cut_by_the_mrz_is_no_difference() -> None:
    long = "Công Tằng Tôn Nữ Hoàng Thị Ngọc Ánh"
    cut = "CONG TANG TON NU HOANG THI NG"
    assert not rows(None, read(Source.MRZ, full_name=cut), None, full_name=long)["full_name"].differs


def test_only_the_year_is_compared_when_only_the_year_is_known() -> None:
    known_year = registered(birth_date=date(1990, 1, 1), birth_precision="year")
    assert not rows(None, None, known_year)["birth_date"].differs
    assert rows(None, None, registered(birth_date=date(1991, 1, 1), birth_precision="year"))[
        "birth_date"
    ].differs


def test_a_number_differs_digit_by_digit() -> None:
    row = rows(read(id_number=IdNumber("031190000007")), None, None)["id_number"]
    assert row.qr.runs == [("03119000000", False), ("7", True)]


def test_an_old_number_and_an_expired_card_are_shown() -> None:
    made = rows(
        read(old_id_number=IdNumber("031000001")),
        read(Source.MRZ, full_name="NGUYEN THI LAN", expires_on=date(2026, 11, 17)),
        registered(),
    )
    assert made["old_id_number"].qr.runs == [("031000001", False)]
    assert made["expires_on"].mrz.bad
    assert not rows(None, read(Source.MRZ, expires_on=TODAY), None)["expires_on"].mrz.bad


def test_nothing_held_and_nothing_read_marks_nothing() -> None:
    assert not any(row.differs for row in rows().values())


def test_other_code_points_of_the_same_name_are_not_marked() -> None:
    compared = rows(
        read(full_name="Đỗ Thị Hoà"),
        read(Source.MRZ, full_name="DO THI HOA"),
        registered(full_name="ĐỖ THỊ HÒA"),
        full_name="Ðỗ Thị Hòa",
    )
    assert not compared["full_name"].differs
    compared = rows(
        read(full_name="H’Hen Niê"), read(Source.MRZ, full_name="HHEN NIE"), full_name="H'Hen Niê"
    )
    assert not compared["full_name"].differs


def test_a_cards_name_that_could_not_be_read_is_said() -> None:
    cell = rows(read(full_name=None, name_unread=True), None, registered())["full_name"].qr
    assert cell.runs == [("không đọc được", False)]


def test_a_digit_that_only_the_mrz_contradicts_is_marked_in_the_form_too() -> None:
    row = rows(None, read(Source.MRZ, id_number=IdNumber("031190000009")), None)["id_number"]
    assert row.form.runs == [("03119000000", False), ("1", True)]
    assert row.mrz.runs == [("03119000000", False), ("9", True)]
