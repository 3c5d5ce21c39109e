"""Photos: judged at once, shown to their holder only, compared with what was typed."""

import io
from dataclasses import replace
from datetime import date
from unittest.mock import patch

import pytest
from django.test import Client
from PIL import Image as Pillow

from tests.registrations import BINH, LAN, looked_at, plain_photo
from vssid.domain.identity import reader
from vssid.domain.identity.judge import ImageKind
from vssid.domain.identity.reading import Reading, Source
from vssid.kernel.ids import IdNumber

from .visitor import at_photos, draft_of, front_photo, holder, upload

pytestmark = pytest.mark.django_db


def send(browser, slug="mat-truoc", data=None, **headers):
    return browser.post(f"/dang-ky/anh?loai={slug}", {"photo": upload(data or front_photo())}, **headers)


def test_the_first_missing_photo_is_asked_for():
    browser = at_photos()
    assert "Ảnh mặt trước CCCD" in browser.get("/dang-ky/anh").content.decode()
    send(browser)
    assert "Ảnh mặt sau CCCD" in browser.get("/dang-ky/anh").content.decode()


def test_a_good_photo_is_kept_judged_and_shown_to_its_holder():
    browser = at_photos()
    assert send(browser).headers["Location"] == "/dang-ky/anh?loai=mat-truoc"
    page = browser.get("/dang-ky/anh?loai=mat-truoc").content.decode()
    assert "Đã đọc mã QR trên thẻ" in page
    assert "Thông tin trên thẻ khớp" in page
    assert "Dùng ảnh này" in page
    picture = browser.get("/dang-ky/anh/mat-truoc")
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert "no-store" in picture.headers["Cache-Control"]


def test_nobody_else_sees_the_photo(client: Client):
    browser = at_photos()
    send(browser)
    assert client.get("/dang-ky/anh/mat-truoc").status_code == 404
    other = holder(BINH, photos=False)
    assert other.get("/dang-ky/anh/mat-truoc").status_code == 404
    assert browser.get("/dang-ky/anh/khac").status_code == 404


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7 not a picture", "không phải ảnh"),
        (b"\xff\xd8\xff\xe0 broken", "Chưa dùng được ảnh này"),
        (b"x" * (10 * 1024 * 1024 + 1), "lớn hơn 10 MB"),
    ],
)
def test_what_is_no_usable_picture_is_refused_in_words(data, says):
    browser = at_photos()
    answer = send(browser, data=data)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert draft_of(browser).images == {}


def test_no_file_is_refused():
    answer = at_photos().post("/dang-ky/anh?loai=mat-truoc", {})
    assert answer.status_code == 422
    assert "Hãy chụp hoặc chọn một ảnh" in answer.content.decode()


def test_a_poor_photo_says_what_is_wrong_and_may_still_be_used():
    dark = io.BytesIO()
    Pillow.new("RGB", (1200, 900), (9, 9, 9)).save(dark, "JPEG")
    browser = at_photos()
    send(browser, data=dark.getvalue())
    page = browser.get("/dang-ky/anh?loai=mat-truoc").content.decode()
    assert "Ảnh tối" in page
    assert "Vẫn dùng ảnh này" in page
    assert "Ảnh mặt sau CCCD" in browser.get("/dang-ky/anh").content.decode()


def test_where_the_card_differs_one_press_takes_over_its_value():
    browser = holder(photos=False, full_name="Nguyễn Thị Lam", birth_date="1991-01-02")
    send(browser)
    page = browser.get("/dang-ky/anh?loai=mat-truoc").content.decode()
    assert '<mark class="diff">m</mark>' in page
    assert "Sửa theo thẻ" in page
    answer = browser.post("/dang-ky/anh/sua", {"loai": "mat-truoc", "field": "full_name"})
    assert answer.headers["Location"] == "/dang-ky/anh?loai=mat-truoc"
    assert draft_of(browser).values["full_name"] == LAN.full_name
    assert draft_of(browser).values["birth_date"] == "1991-01-02"


def test_somebody_elses_card_is_said_first_and_nothing_is_taken_from_it():
    browser = holder(photos=False)
    send(browser, data=front_photo(BINH))
    page = browser.get("/dang-ky/anh?loai=mat-truoc").content.decode()
    assert "Thẻ trong ảnh có vẻ của người khác." in page
    assert "Sửa theo thẻ" not in page
    assert "Vẫn dùng ảnh này" in page


def test_only_fields_of_the_card_can_be_taken_over():
    browser = at_photos()
    send(browser)
    browser.post("/dang-ky/anh/sua", {"loai": "mat-truoc", "field": "phone"})
    browser.post("/dang-ky/anh/sua", {"loai": "mat-sau", "field": "full_name"})
    assert draft_of(browser).values["phone"] == LAN.phone
    assert draft_of(browser).values["full_name"] == LAN.full_name


def test_the_script_gets_json():
    browser = at_photos()
    assert send(browser, headers={"Accept": "application/json"}).json() == {
        "go": "/dang-ky/anh?loai=mat-truoc"
    }
    refused = send(browser, data=b"no picture", headers={"Accept": "application/json"})
    assert refused.status_code == 422
    assert "không phải ảnh" in refused.json()["error"]


def test_a_photo_taken_again_replaces_the_first():
    browser = at_photos()
    send(browser, data=plain_photo())
    send(browser, data=front_photo())
    assert draft_of(browser).images[ImageKind.FRONT].reading is not None


def test_all_three_at_a_glance():
    page = holder().get("/dang-ky/anh").content.decode()
    assert "Ảnh đã đủ" in page
    assert page.count("<img") == 3


def test_too_many_photos_must_wait_and_are_told_until_when(monkeypatch):
    from datetime import timedelta

    from vssid.domain.accounts import limits

    monkeypatch.setitem(
        limits.RULES,
        "photo_draft",
        limits.Rule(1, timedelta(hours=1), timedelta(minutes=10), timedelta(hours=1)),
    )
    browser = at_photos()
    send(browser)
    answer = send(browser)
    assert answer.status_code == 429
    assert "Bạn thử lại được từ" in answer.content.decode()
    assert browser.get("/dang-ky/anh?loai=mat-truoc").status_code == 200


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"full_name": "A" * 150}, "full_name"),
        ({"full_name": "12345"}, "full_name"),
        ({"birth_date": date(2190, 1, 2)}, "birth_date"),
        ({"issued_on": date(1900, 1, 1)}, "issued_on"),
    ],
)
def test_what_a_forged_card_says_follows_the_rules_of_typing(changes, field):
    browser = at_photos()
    before = dict(draft_of(browser).values)
    forged = Reading(source=Source.QR, id_number=IdNumber(LAN.id_number), **changes)
    with patch.object(reader, "look", lambda kind, _data: replace(looked_at(kind), reading=forged)):
        send(browser)
    browser.post("/dang-ky/anh/sua", {"loai": "mat-truoc", "field": field})
    assert draft_of(browser).values[field] == before[field]
