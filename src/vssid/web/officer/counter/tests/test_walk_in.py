"""A registration filled in at the counter: kept, refused beside the fields, sent with the code read aloud."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.making.registrations import LAN, keep_photo, looked_at, make_person, plain_photo
from tests.making.sms import last_code
from tests.page_text import text_of
from vssid.domain.identity import reader
from vssid.domain.identity.kinds import OF_AN_ID
from vssid.domain.registration.counter.tests.test_walk_ins import CARD, TYPED
from vssid.domain.registration.models import Application, Draft, WalkIn
from vssid.web.officer.tests.desk import hanh, minh, ngoc

pytestmark = pytest.mark.django_db
QUAY = "/can-bo/quay"


def begun(client, text=LAN.bhxh_code):
    client.post(f"{QUAY}/moi", {"q": text})
    return f"{QUAY}?ho-so={WalkIn.objects.latest('begun_at').subject_id}"


def number_of(address):
    return int(address.rsplit("=", 1)[1])


def part_of(address, rest):
    return f"{QUAY}/{number_of(address)}/{rest}"


def test_the_page_is_filled_with_what_card_and_register_know() -> None:
    client = minh()
    page = client.get(begun(client, CARD)).content.decode()
    for value in (LAN.full_name, LAN.id_number, "02/01/1990", "01/03/2021"):
        assert f'value="{value}"' in page
    assert "Mã số BHXH" in page


def test_typing_is_kept_while_it_is_typed() -> None:
    client = minh()
    address = begun(client, CARD)
    assert client.post(address, TYPED | {"street": "Số 7", "bhxh_code": "9", "go": "keep"}).status_code == 204
    page = client.get(address).content.decode()
    assert 'value="Số 7"' in page
    assert 'value="9"' in page


def test_all_that_is_wrong_is_said_beside_its_field_and_stays_typed() -> None:
    client = minh()
    address = begun(client, CARD)
    page = client.post(address, TYPED | {"phone": "12", "bhxh_code": "", "go": "code"})
    said = text_of(page.content)
    assert page.status_code == 422
    assert "Hãy nhập số di động Việt Nam nhận được tin nhắn" in said
    assert "Hãy nhập mã số BHXH" in said
    assert 'value="12"' in page.content.decode()


def test_consent_and_code_are_asked_for() -> None:
    client = minh()
    make_person()
    address = begun(client)
    for kind in sorted(OF_AN_ID):
        keep_photo(number_of(address), kind)
    page = client.post(address, TYPED | {"go": "send"})
    said = text_of(page.content)
    assert page.status_code == 422
    assert "Đánh dấu khi người dân đã đọc" in said
    assert "Nhập 6 chữ số mà người dân đọc" in said


def test_the_tick_of_the_consent_is_kept_with_what_is_typed() -> None:
    client = minh()
    make_person()
    address = begun(client)
    ticked = re.compile(r'name="commitment"[^>]* checked')
    client.post(address, TYPED | {"commitment": "yes", "go": "code"})
    assert ticked.search(client.get(address).content.decode())
    client.post(address, TYPED | {"go": "keep"} | sheet_of(client, address))
    assert not ticked.search(client.get(address).content.decode())


def test_missing_pictures_are_said_before_the_code_is_used() -> None:
    client = minh()
    make_person()
    address = begun(client)
    page = client.post(address, TYPED | {"go": "send", "commitment": "yes", "code": "123456"})
    assert (page.status_code, "Còn thiếu ảnh" in text_of(page.content)) == (422, True)


def test_with_the_code_read_aloud_the_file_is_made_and_told_who_took_it_in() -> None:
    client = minh()
    make_person()
    address = begun(client)
    for kind in sorted(OF_AN_ID):
        keep_photo(number_of(address), kind)
    answer = client.post(address, TYPED | {"go": "code"})
    assert answer["Location"] == f"{address}#id_code"
    said = text_of(client.get(address).content)
    assert "Đã gửi mã đến" in said
    code = last_code(number_of(address))
    answer = client.post(
        address, TYPED | {"go": "send", "commitment": "yes", "code": code, **sheet_of(client, address)}
    )
    assert answer["Location"] == f"{address}&xong=tai-quay"
    page = text_of(client.get(answer["Location"]).content)
    assert "Lập tại quầy: Minh" in page
    assert Application.objects.get(id=number_of(address)).state == "submitted"


def sheet_of(client, address):
    page = client.get(address).content.decode()
    names = re.findall(r'name="(page|after)" value="([^"]*)"', page)
    return dict(names)


def test_a_wrong_code_is_said_and_what_was_typed_stays() -> None:
    client = minh()
    make_person()
    address = begun(client)
    for kind in sorted(OF_AN_ID):
        keep_photo(number_of(address), kind)
    client.post(address, TYPED | {"go": "code"})
    wrong = "000000" if last_code(number_of(address)) != "000000" else "111111"
    page = client.post(
        address, TYPED | {"go": "send", "commitment": "yes", "code": wrong, **sheet_of(client, address)}
    )
    assert (page.status_code, "Mã chưa đúng" in text_of(page.content)) == (422, True)
    assert f'value="{LAN.full_name}"' in page.content.decode()


def test_a_page_that_was_overtaken_overwrites_nothing_and_shows_both() -> None:
    client = minh()
    address = begun(client, CARD)
    older = sheet_of(client, address)
    newer = sheet_of(client, address)
    client.post(address, TYPED | {"street": "Số 1", "go": "keep", **newer})
    page = client.post(address, TYPED | {"street": "Số 2", "go": "code", **older})
    said = text_of(page.content)
    assert page.status_code == 409
    assert "Số 2" in said
    assert 'value="Số 1"' in page.content.decode()


def test_a_card_scanned_on_the_page_fills_it_and_keeps_the_rest() -> None:
    client = minh()
    make_person()
    address = begun(client)
    typed = TYPED | {"full_name": "", "street": "Số 7", "go": "card", "q": CARD}
    assert client.post(address, typed)["Location"] == address
    page = client.get(address).content.decode()
    assert f'value="{LAN.full_name}"' in page
    assert 'value="Số 7"' in page


def test_a_picture_is_taken_shown_and_refused_in_words() -> None:
    client = minh()
    address = begun(client, CARD)
    with patch.object(reader, "look", lambda kind, _data: looked_at(kind)):
        part = client.post(
            part_of(address, "anh/front"), {"anh": SimpleUploadedFile("a.jpg", plain_photo()), "phan": "1"}
        )
    assert (part.status_code, 'data-captured="anh-front"' in part.content.decode()) == (200, True)
    assert client.get(part_of(address, "anh/front"))["Content-Type"] == "image/jpeg"
    bad = client.post(
        part_of(address, "anh/back"), {"anh": SimpleUploadedFile("a.jpg", b"words"), "phan": "1"}
    )
    assert (bad.status_code, "không phải ảnh" in text_of(bad.content)) == (422, True)
    assert client.get(part_of(address, "anh/back")).status_code == 404
    assert client.get(part_of(address, "anh/birth")).status_code == 404


def test_begun_twice_by_a_double_click_it_is_one_and_another_scan_leads_to_it() -> None:
    client = minh()
    make_person()
    address = begun(client)
    assert begun(client) == address
    page = ngoc().post(QUAY, {"q": LAN.bhxh_code}).content.decode()
    assert f'href="{address}"' in page
    assert "Tiếp tục hồ sơ đang lập" in page


def test_the_address_of_before_leads_to_the_one_and_takes_what_an_open_page_sends() -> None:
    client = minh()
    address = begun(client, CARD)
    before = f"{QUAY}/{number_of(address)}"
    assert client.get(before)["Location"] == address
    assert client.post(before, TYPED | {"street": "Số 7", "go": "keep"}).status_code == 204
    assert 'value="Số 7"' in client.get(address).content.decode()


@pytest.mark.parametrize("number", ["", "0", "x", "-1", "²", "9" * 19, "1e3"])
def test_what_names_no_walk_in_is_not_there(number: str) -> None:
    assert minh().get(f"{QUAY}?ho-so={number}").status_code == 404


def test_another_office_opens_changes_and_sees_nothing() -> None:
    client = minh()
    address = begun(client, CARD)
    keep_photo(number_of(address), sorted(OF_AN_ID)[1])
    other = hanh()
    assert other.get(address).status_code == 404
    assert other.post(address, TYPED | {"go": "keep"}).status_code == 404
    assert other.get(part_of(address, "anh/front")).status_code == 404
    assert other.post(part_of(address, "bo")).status_code == 404


def test_what_was_begun_by_mistake_is_dropped() -> None:
    client = minh()
    address = begun(client, CARD)
    assert LAN.full_name in text_of(client.get(QUAY).content)
    assert client.post(part_of(address, "bo"))["Location"] == f"{QUAY}?xong=da-bo"
    assert LAN.full_name not in text_of(client.get(QUAY).content)
    assert not Draft.objects.exists()
