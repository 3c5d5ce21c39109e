"""/tra-cuu/gia-tri-the: words for each result, one wording for all that does not match."""

from __future__ import annotations

import io
import threading
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.making.families import add_child_coverage
from tests.making.pictures_of_codes import picture_of_code
from tests.making.registrations import LAN, NOW, make_office, make_person
from tests.oracles import bare
from vssid.domain.audit.models import Event
from vssid.domain.cards.qr_text import CardText, compose_text
from vssid.domain.lookups import card_check, comparing
from vssid.domain.participants.models.people import Coverage
from vssid.domain.verification import limits
from vssid.infra.documents import qr_reader
from vssid.infra.tests.test_qr_reader import finders
from vssid.web.ui.words import photo_words

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
    assert "Thẻ còn thời hạn theo dữ liệu BHXH" in answer.text
    assert "01/01/2020" in answer.text
    assert "tự gia hạn khi tiền đóng được ghi nhận" in answer.text
    assert "không cho biết thẻ có bị thu hồi, tạm giữ, tạm khóa hay báo giảm không" in answer.text
    assert ">000<" not in answer.text
    assert "có giá trị sử dụng" not in answer.text
    assert LAN.bhxh_code not in answer.text
    assert answer["Cache-Control"] == "no-store, private"


def test_a_scanned_card_needs_nothing_typed(client):
    answer = client.post(HERE, {"scan": QR})
    assert "Thẻ còn thời hạn theo dữ liệu BHXH" in answer.text


def test_a_scan_that_an_input_method_changed_says_so(client):
    answer = client.post(HERE, TYPED | {"scan": QR.replace("e1", "é", 1)})
    assert answer.status_code == 422
    assert "tắt Unikey" in answer.text


def test_a_card_number_typed_through_an_input_method_is_read():
    assert card_check.clean(TYPED | {"card_number": f"TÉ31{LAN.bhxh_code}"}, now=NOW).number.reveal() == (
        f"TE131{LAN.bhxh_code}"
    )


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
    answer = client.post(FRAMES, {"text": text}).json()
    assert answer["fields"] is None
    assert "thẻ BHYT" in answer["hint"]


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


def test_a_name_in_a_wrong_charset_is_mended_or_left_to_be_typed(client):
    def ask(name: bytes) -> dict[str, Any]:
        text = f"{LAN.bhxh_code}|{name.hex()}|02/01/1990|2|31 - 000|01/01/2022|-|15/12/2021"
        answer: dict[str, Any] = client.post(FRAMES, {"text": text}).json()
        return answer

    misread = "Nguyễn Thị Lan".encode().decode("latin-1").encode()
    assert ask(misread)["fields"]["full_name"] == "Nguyễn Thị Lan"
    for broken in ("Vũ Thị".encode("cp1258", "replace"), "VÅ\ufffd".encode(), b"\xff\xfe"):
        answer = ask(broken)
        assert "full_name" not in answer["fields"]
        assert "tự nhập họ tên" in answer["told"]


DOORS = ("/tra-cuu/doc-the", "/dang-ky/doc-ma")


def slow_picture() -> SimpleUploadedFile:
    """A small picture that its reader would look at for half a minute."""
    out = io.BytesIO()
    finders(1).save(out, "PNG", optimize=True)
    assert out.tell() < 35_000
    return SimpleUploadedFile("cham.png", out.getvalue(), "image/png")


@pytest.mark.parametrize("door", DOORS)
def test_a_picture_drawn_to_be_slow_is_refused_in_words_and_a_few_are_enough(client, door, monkeypatch):
    monkeypatch.setattr(qr_reader, "SECONDS", 0.5)
    monkeypatch.setitem(limits.RULES, "scan_slow", replace(limits.RULES["scan_slow"], limit=1))
    first = client.post(door, {"photo": slow_picture()})
    assert (first.status_code, "nhập tay" in first.json()["error"]) == (422, True)
    assert client.post(door, {"photo": slow_picture()}).status_code == 429
    monkeypatch.setattr(qr_reader, "read_qr", None)  # nothing is read while the sender must wait
    assert client.post(door, {"photo": picture(QR)}).status_code == 429


@pytest.mark.parametrize("door", DOORS)
def test_a_reader_with_no_place_left_asks_to_come_again(client, door, monkeypatch):
    monkeypatch.setattr(qr_reader, "_places", threading.BoundedSemaphore(1))
    monkeypatch.setattr(qr_reader, "PATIENCE", 0.01)
    with qr_reader.place():
        answer = client.post(door, {"photo": picture(QR)})
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "ít giây" in answer.json()["error"]
    assert client.post(door, {"photo": picture(QR)}).status_code == 200
