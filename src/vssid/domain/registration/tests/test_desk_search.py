"""The scan box finds a file by whatever a person at the counter can show or say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.making.registrations import BINH, LAN, NOW, make_application, make_office, make_person
from vssid.domain.identity import cccd_qr
from vssid.domain.participants.models.people import Identifier
from vssid.domain.registration.models import Application
from vssid.domain.vault import sealing as vault

from .. import actions, jobs, queries
from ..desk import search

pytestmark = pytest.mark.django_db
OFFICE, OTHER = "03101", "03102"
QR = cccd_qr.compose(
    id_number=LAN.id_number,
    full_name=LAN.full_name,
    birth="02011990",
    sex=2,
    address="1 Phố Mẫu",
    issued_on=LAN.issued_on,
)


def matching_ids(text: str, office: str = OFFICE) -> list[int]:
    return [row.id for row in search.find(office, search.read_scan(text), now=NOW, at_most=100)]


@pytest.mark.parametrize(
    "text",
    [
        "1", "00001", "1/2026", "00001/2026", "00001-2026", "1/2026/03101", "00001/2026/03101",
        LAN.bhxh_code, "0000 000 001", f"TE1{31}{LAN.bhxh_code}", f"DN431{LAN.bhxh_code}|4e67|02/01/1990|2",
        LAN.id_number, "031 190 000 001", QR, LAN.id_number + "|garbled",
        "0912345678", "0912 345 678", "+84 912345678", LAN.phone,
        "lan", "thi lan", "LAN NGUYEN", "Lân",
    ],
)  # fmt: skip
def test_a_file_is_found_by(text: str) -> None:
    lan = make_application()
    make_application(BINH)
    assert matching_ids(text) == [lan]
    assert matching_ids(text, OTHER) == []


@pytest.mark.parametrize(
    "text", ["2027/1", "1/2025", "00001/2025/03101", "0912345679", "031190000002", "|||", "", "/", "%"]
)
def test_what_does_not_fit_finds_nothing(text: str) -> None:
    make_application()
    assert matching_ids(text) == []


def test_a_card_number_that_an_input_method_changed_is_found() -> None:
    lan = make_application()
    assert matching_ids(f"TÉ31{LAN.bhxh_code}") == [lan]
    garbled = search.read_scan("TÉ31000000009")
    assert garbled.is_garbled
    assert not search.read_scan("Nguyễn Thị Lan").is_garbled


def test_the_id_of_the_registers_person_finds_the_file_with_another_number_typed() -> None:
    person_id = make_person(LAN)
    lan = make_application()
    number = "031190009999"
    Identifier.objects.create(kind="cccd", key=vault.fingerprint("cccd", number).hex(), person_id=person_id)
    assert matching_ids(number) == [lan]


def test_the_qr_of_a_card_opens_the_one_open_file_and_typed_numbers_only_list_it() -> None:
    lan = make_application()

    def only(text: str) -> int | None:
        return search.only_open(OFFICE, search.read_scan(text), now=NOW)

    assert only(QR) == lan
    assert only(LAN.id_number) is None
    actions.withdraw(lan, now=NOW)
    assert only(QR) is None


def test_a_scan_that_lost_its_first_digit_opens_nothing_but_can_be_searched() -> None:
    lan = make_application()
    assert queries.by_number(OFFICE, "00001/2026/03101") == lan
    assert queries.by_number(OFFICE, "00001-2026-03101") == lan
    assert queries.by_number(OFFICE, "0001/2026/03101") is None
    assert queries.by_number(OTHER, "00001/2026/03101") is None


def test_files_from_before_are_found_once_the_worker_came_past() -> None:
    lan, binh = make_application(), make_application(BINH)
    Application.objects.update(id_fingerprint=None, phone_fingerprint=None)
    vault.erase(binh)
    assert matching_ids(LAN.id_number) == []
    assert jobs.fingerprint_old(NOW) == 2
    assert matching_ids(LAN.id_number) == [lan]
    assert matching_ids("0912345678") == [lan]
    assert jobs.fingerprint_old(NOW) == 0


def test_open_files_come_before_closed_ones() -> None:
    first = make_application()
    actions.withdraw(first, now=NOW)
    second = make_application(now=NOW)
    assert matching_ids(LAN.id_number) == [second, first]


@pytest.mark.parametrize("written", ["Ðỗ Thị Hòa", "Đỗ Thị Hoà", "ĐỖ THỊ HÒA"])
@pytest.mark.parametrize("typed", ["đỗ hòa", "Ðỗ", "do hoa", "ÐỖ THỊ HOÀ", "ɖỗ"])
def test_a_name_is_found_however_it_was_written_and_typed(written: str, typed: str) -> None:
    lan = make_application(full_name=written)
    assert matching_ids(typed) == [lan]


@pytest.mark.parametrize("typed", ["H’Hen", "H'Hen", "h`hen", "h' hen niê", "Hen Nie"])
def test_an_apostrophe_is_found_by_every_key_that_makes_one(typed: str) -> None:
    lan = make_application(full_name="HʼHen Niê")
    assert matching_ids(typed) == [lan]


def closed(day: int, **said: Any) -> int:
    now = NOW + timedelta(days=day)
    number = make_application(now=now, **said)
    actions.withdraw(number, now=now)
    return number


def test_files_are_found_by_whole_words_else_by_parts_of_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lan, khanh = closed(0), closed(1, full_name="Nguyễn Thị Lan Khanh")
    for usual in (search.USUAL, 1):
        monkeypatch.setattr(search, "USUAL", usual)
        assert matching_ids("Lan Nguyễn") == [khanh, lan]
        assert matching_ids("khanh lan") == [khanh]
        assert matching_ids("Khan") == [khanh]
        assert matching_ids("an") == [khanh, lan]
        assert matching_ids("Nguyễn Bình") == []
        assert matching_ids("lan", OTHER) == []


@pytest.mark.parametrize("at_most", [1, 3, 5, 9])
def test_of_a_usual_name_the_newest_of_several_offices_are_found(
    monkeypatch: pytest.MonkeyPatch, at_most: int
) -> None:
    monkeypatch.setattr(search, "USUAL", 2)
    for place in (OTHER, "03103"):
        make_office(place)
    places = [OFFICE, OTHER, OTHER, "03103", OFFICE, OTHER]
    made = [closed(day, office_code=place) for day, place in enumerate(places)]
    found = search.find([OFFICE, OTHER, "03103"], search.read_scan("Thị Lan"), now=NOW, at_most=at_most)
    assert [row.id for row in found] == made[::-1][:at_most]
    found = search.find([OFFICE, "03103"], search.read_scan("Thị Lan"), now=NOW, at_most=at_most)
    assert [row.id for row in found] == [made[4], made[3], made[0]][:at_most]
