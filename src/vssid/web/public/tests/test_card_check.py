"""/tra-cuu/gia-tri-the: words for each result, one wording for all that does not match."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.families import add_child_coverage
from tests.oracles import bare
from tests.pictures_of_codes import picture_of_code
from tests.registrations import LAN, make_office, make_person
from vssid.domain.accounts import limits
from vssid.domain.audit.models import Event
from vssid.domain.cards.qr_text import CardText, compose_text
from vssid.domain.lookups import comparing
from vssid.domain.participants.models import Coverage
from vssid.web.ui import photo_words

pytestmark = pytest.mark.django_db
HERE = "/tra-cuu/gia-tri-the"
TYPED = {"card_number": LAN.bhxh_code, "full_name": LAN.full_name, "birth_date": "02/01/1990", "scan": ""}
QR = compose_text(CardText(code=LAN.bhxh_code, name=LAN.full_name, birth="02/01/1990"))


@pytest.fixture(autouse=True)
def register():
    make_office()
    make_person()
    add_child_coverage(LAN)
    comparing.somebody.cache_clear()
    yield
    comparing.somebody.cache_clear()


def test_a_valid_card_is_told_with_its_days_and_code(client):
    answer = client.post(HERE, TYPED)
    assert answer.status_code == 200
    assert "Thẻ có giá trị sử dụng" in answer.text
    assert "01/01/2020" in answer.text
    assert "khi còn đóng" in answer.text
    assert ">000<" in answer.text
    assert LAN.bhxh_code not in answer.text
    assert answer["Cache-Control"] == "no-store, private"


def test_a_scanned_card_needs_nothing_typed(client):
    answer = client.post(HERE, {"scan": QR})
    assert "Thẻ có giá trị sử dụng" in answer.text


def test_another_code_in_the_scan_field_is_refused_beside_it(client):
    answer = client.post(HERE, TYPED | {"scan": "https://example.vn"})
    assert answer.status_code == 422
    assert 'id="id_scan_error"' in answer.text
    assert "không phải mã QR của thẻ" in answer.text
    assert 'value="https://example.vn"' in answer.text


def test_a_card_that_ended_says_what_to_do(client):
    Coverage.objects.update(valid_to=date(2021, 1, 1))
    answer = client.post(HERE, TYPED)
    assert "Thẻ đã hết giá trị sử dụng" in answer.text
    assert "điểm thu" in answer.text
    assert ">010<" in answer.text


def test_wrong_and_unknown_get_the_same_page_letter_by_letter(client):
    pages = []
    for change in ({"full_name": "Trần Thị Hoa"}, {"card_number": "3199999999"}):
        answer = client.post(HERE, TYPED | change)
        assert answer.status_code == 422
        pages.append(bare(answer.text, (*change.values(), *TYPED.values())))
    assert pages[0] == pages[1]
    assert "Không có thẻ nào khớp đủ" in pages[0]


@pytest.mark.parametrize("odd", ["\x00", "a" * 9000, "<script>", "|" * 20, "\u0661" * 10])
def test_odd_input_is_no_broken_page(client, odd):
    for field in (*TYPED, "thu-thach", "tong", "viec"):
        assert client.post(HERE, TYPED | {field: odd}).status_code in (200, 422, 429)


FRAMES = "/tra-cuu/doc-the"


def picture(text: str) -> SimpleUploadedFile:
    """A photo of a card with this QR on it."""
    return SimpleUploadedFile("the.png", picture_of_code(text), "image/png")


def test_a_photo_of_the_card_fills_the_fields_and_looks_nothing_up(client):
    answer = client.post(FRAMES, {"photo": picture(QR)})
    assert answer.json()["fields"] == {
        "card_number": LAN.bhxh_code,
        "full_name": LAN.full_name,
        "birth_date": "02/01/1990",
    }
    assert answer["Cache-Control"] == "no-store, private"
    assert not Event.objects.filter(kind="card.checked").exists()


def test_the_text_of_a_code_read_on_the_phone_fills_them_too(client):
    assert client.post(FRAMES, {"text": QR}).json()["fields"]["card_number"] == LAN.bhxh_code


@pytest.mark.parametrize("text", ["https://example.vn", "", "\0", "|" * 900])
def test_another_code_fills_nothing_and_says_what_to_do(client, text):
    found = client.post(FRAMES, {"text": text}).json()
    assert found["fields"] is None
    assert "thẻ BHYT" in found["hint"]


def test_a_picture_with_another_code_fills_nothing(client):
    assert client.post(FRAMES, {"photo": picture("https://example.vn")}).json()["fields"] is None


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "ảnh"),
        ({"photo": SimpleUploadedFile("a.jpg", b"not a picture", "image/jpeg")}, "ảnh"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(client, sent, words):
    answer = client.post(FRAMES, sent)
    assert answer.status_code == 422
    assert words in answer.json()["error"]


def test_a_picture_that_is_too_big_is_refused_in_words(client, monkeypatch):
    monkeypatch.setattr(photo_words, "MOST", 100)
    answer = client.post(FRAMES, {"photo": picture(QR)})
    assert answer.status_code == 422
    assert "10 MB" in answer.json()["error"]


def test_too_many_frames_from_one_address_are_told_to_wait(client, monkeypatch):
    monkeypatch.setitem(limits.RULES, "scan_address", replace(limits.RULES["scan_address"], limit=1))
    client.post(FRAMES, {"photo": picture(QR)})
    assert client.post(FRAMES, {"photo": picture(QR)}).status_code == 429
    # A code read on the phone costs nothing here.
    assert client.post(FRAMES, {"text": QR}).status_code == 200


def test_a_frame_is_taken_by_post_alone(client):
    assert client.get(FRAMES).status_code == 405
