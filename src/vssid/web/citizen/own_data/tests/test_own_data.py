"""/du-lieu-cua-toi and /quyen-rieng-tu."""

from __future__ import annotations

import io
import json

import pytest
from pypdf import PdfReader

from tests.making.registrations import NOW
from vssid.domain.audit.queries import events_of
from vssid.domain.privacy.views import Seen
from vssid.web.citizen.tests.cast import LAN, TUAN, browser, make_citizen, make_worker, signed_in
from vssid.web.citizen.tests.records import make_records
from vssid.web.officer.tests import desk

from .. import event_words

pytestmark = pytest.mark.django_db
PAGE, DOWNLOAD = "/du-lieu-cua-toi", "/du-lieu-cua-toi/tai"


def make_lan() -> int:
    person_id = make_worker()
    make_records(person_id)
    return person_id


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_page_counts_what_is_held_and_tells_who_did_what():
    make_lan()
    page = signed_in().get(PAGE).text
    assert '<dt>Lần khám chữa bệnh</dt><dd class="num">1</dd>' in page
    assert '<dt>Giai đoạn có thẻ BHYT</dt><dd class="num">2</dd>' in page
    assert "Đăng nhập" in page
    assert "Mở tài khoản" in page
    assert "031190000001" not in page


def test_the_page_is_led_to_from_home_and_may_be_kept():
    make_lan()
    client = signed_in()
    assert f'href="{PAGE}"' in client.get("/ca-nhan").text
    assert f'href="{PAGE}#ai-da-xem"' in client.get("/").text
    assert 'id="ai-da-xem"' in client.get(PAGE).text
    assert client.get(PAGE)["X-Offline"] == "keep"


def test_json_has_it_all_and_is_logged_once():
    person_id = make_lan()
    answer = signed_in().post(DOWNLOAD, {"dang": "json"})
    assert answer["Content-Disposition"] == 'attachment; filename="du-lieu-cua-toi.json"'
    assert answer["Cache-Control"] == "no-store, private"
    exported = json.loads(answer.content)
    assert exported["person"]["bhxh_code"] == LAN
    assert exported["visits"][0]["diagnosis_name"] == "Viêm phổi"
    assert [event.kind for event in events_of(person_id)].count("data.exported") == 1


def test_the_pdf_can_be_read():
    make_lan()
    answer = signed_in().post(DOWNLOAD, {"dang": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    said = text_of(answer.content)
    for words in (
        "Nguyễn Thị Lan",
        "031190000001",
        "Sao Mai",
        "Viêm phổi",
        "1.250.000 đ",
        "000001-1",
        "BHYT",
        "Đăng nhập",
    ):
        assert words in said, words


def test_in_english_the_pdf_is_english():
    make_lan()
    client = signed_in()
    client.cookies["vssid-lang"] = "en"
    said = text_of(client.post(DOWNLOAD, {"dang": "pdf"}).content)
    assert "My data" in said
    assert "Dữ liệu của tôi" not in said


def test_a_person_without_records_gets_a_pdf_that_says_so():
    make_citizen()
    assert "Không có." in text_of(signed_in().post(DOWNLOAD, {"dang": "pdf"}).content)


@pytest.mark.parametrize("form", ["", "xml"])
def test_another_form_is_not_found_and_not_logged(form: str):
    person_id = make_lan()
    assert signed_in().post(DOWNLOAD, {"dang": form}).status_code == 404
    assert "data.exported" not in {event.kind for event in events_of(person_id)}


def test_it_is_never_given_by_a_link():
    make_lan()
    assert signed_in().get(DOWNLOAD).status_code == 405


def test_tuan_gets_his_own_and_nothing_of_lan():
    make_lan()
    make_citizen(TUAN)
    tuan = signed_in(TUAN)
    given = tuan.get(PAGE).text + tuan.post(DOWNLOAD, {"dang": "json", "person_id": "1"}).text
    given += text_of(tuan.post(DOWNLOAD, {"dang": "pdf"}).content)
    for secret in ("Nguyễn Thị Lan", LAN, "0100 000 001", "031190000001", "Viêm phổi", "Sao Mai"):
        assert secret not in given, secret


def test_a_stranger_and_an_officer_get_nothing():
    make_lan()
    for client in (browser(), desk.minh()):
        assert client.get(PAGE)["Location"].startswith("/dang-nhap")
        answer = client.post(DOWNLOAD, {"dang": "json"})
        assert answer["Location"].startswith("/dang-nhap")
        assert not answer.content


def test_an_event_without_words_of_its_own_is_still_told():
    seen = Seen(NOW, "something.new", "system", "")
    assert event_words.what(seen) == "Một việc khác đã được ghi lại"
    assert event_words.who(seen) == "Hệ thống"


def test_a_guardian_who_looked_is_not_called_oneself():
    seen = Seen(NOW, "guardian.looked", "person", "")
    assert (event_words.what(seen), event_words.who(seen)) == ("Xem hồ sơ của bạn", "Người giám hộ")


def test_the_public_page_tells_the_terms_of_the_settings(settings):
    settings.IMAGE_RETENTION = settings.IMAGE_RETENTION * 2
    page = browser().get("/quyen-rieng-tu").text
    assert f"{settings.IMAGE_RETENTION.days} ngày sau khi hồ sơ xong" in page
    for words in ("Dữ liệu được lưu trữ", "Ai được xem", "Thời hạn lưu trữ", "1900 9068"):
        assert words in page, words


def test_the_public_page_tells_the_dated_terms():
    page = browser().get("/quyen-rieng-tu").text
    for words in ("Thông báo đã đọc: 730 ngày", "đã đóng: 1825 ngày", "Tệp C14-TS đã cấp: 730 ngày"):
        assert words in page, words
