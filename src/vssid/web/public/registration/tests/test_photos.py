"""Photos: judged at once, shown to their holder only, compared with what was typed."""

import io
from dataclasses import replace
from datetime import date
from unittest.mock import patch

import pytest
from django.test import Client
from PIL import Image as Pillow

from tests.making.registrations import BINH, LAN, looked_at, make_office, plain_photo
from vssid.domain.identity import reader
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.reading import Reading, Source
from vssid.infra import blobs
from vssid.kernel.ids import IdNumber
from vssid.web.public.tests.visitor import WHO, at_photos, back_photo, draft_of, front_photo, holder, upload

pytestmark = pytest.mark.django_db


def send(browser, slug="mat-truoc", data=None, **headers):
    return browser.post(f"/dang-ky/anh?loai={slug}", {"photo": upload(data or front_photo())}, **headers)


def test_the_first_missing_photo_is_asked_for():
    browser = at_photos()
    assert "Ảnh mặt trước CCCD, Căn cước" in browser.get("/dang-ky/anh").content.decode()
    send(browser)
    assert "Ảnh mặt sau CCCD, Căn cước" in browser.get("/dang-ky/anh").content.decode()


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


@pytest.mark.parametrize(("is_full", "status"), [(True, 507), (False, 503)])
def test_a_store_that_takes_nothing_loses_nothing(is_full, status):
    browser = at_photos()
    browser.raise_request_exception = False
    send(browser)

    def away(*_given, **_more):
        raise blobs.Away(is_full=is_full)

    with patch.object(blobs, "_asked", away):
        answer, seen = send(browser, data=plain_photo()), browser.get("/dang-ky/anh/mat-truoc")
    assert (answer.status_code, seen.status_code) == (status, status)
    assert "đã lưu trước đó không bị mất" in answer.content.decode()
    assert answer.headers["Retry-After"]
    assert browser.get("/dang-ky/anh/mat-truoc").status_code == 200


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
    assert "Ảnh mặt sau CCCD, Căn cước" in browser.get("/dang-ky/anh").content.decode()


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

    from vssid.domain.verification import limits

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


@pytest.mark.parametrize(
    ("issued_on", "kind", "front", "back"),
    [
        ("2021-03-01", "cccd", True, False),
        ("2024-06-30", "cccd", True, False),
        ("2024-07-01", "cccd", False, True),
        ("2025-01-01", "passport", False, False),
    ],
)
def test_the_side_with_the_qr_is_named_and_it_is_missed_there_alone(issued_on, kind, front, back):
    number = "C1234567" if kind == "passport" else LAN.id_number
    browser = holder(photos=False, issued_on=issued_on, id_kind=kind, id_number=number)
    dark = io.BytesIO()
    Pillow.new("RGB", (1200, 900), (9, 9, 9)).save(dark, "JPEG")
    send(browser, data=dark.getvalue())
    page = browser.get("/dang-ky/anh?loai=mat-truoc").content.decode()
    assert ("Mã QR ở mặt này" in page, "Chưa đọc được mã QR ở mặt này" in page) == (front, front)
    if kind == "cccd":
        assert ("Mã QR ở mặt này" in browser.get("/dang-ky/anh?loai=mat-sau").content.decode()) is back


@pytest.mark.parametrize(("day", "over"), [("2024-05-01", True), ("2040-05-01", False)])
def test_a_card_whose_last_day_is_over_is_said_to_have_ended_and_nobody_is_stopped(monkeypatch, day, over):
    reading = Reading(
        source=Source.MRZ, id_number=IdNumber("031190000001"), expires_on=date.fromisoformat(day)
    )
    plain = reader.look(ImageKind.BACK, back_photo())
    monkeypatch.setattr(reader, "look", lambda _kind, _data: replace(plain, reading=reading))
    browser = at_photos()
    browser.post("/dang-ky/anh?loai=mat-truoc", {"photo": upload(front_photo())})
    page = browser.post("/dang-ky/anh?loai=mat-sau", {"photo": upload(back_photo())}, follow=True)
    page = browser.get("/dang-ky/anh?loai=mat-sau")
    assert ("Thẻ này hết hạn ngày" in page.text) is over
    assert ("Vẫn dùng ảnh này" in page.text) is over
    assert (": Đã hết hạn" in page.text) is over


def test_the_back_of_a_card_as_a_portrait_is_said_and_taken_all_the_same():
    browser = at_photos()
    for slug, photo in (("mat-truoc", front_photo()), ("mat-sau", back_photo()), ("chan-dung", back_photo())):
        browser.post(f"/dang-ky/anh?loai={slug}", {"photo": upload(photo)})
    page = browser.get("/dang-ky/anh?loai=chan-dung").text
    assert "Chưa thấy khuôn mặt" in page
    assert "Vẫn dùng ảnh này" in page
    assert "Chưa thấy khuôn mặt" in browser.get("/dang-ky/anh").text
    assert browser.get("/dang-ky/noi-nop").status_code == 200


@pytest.mark.parametrize("giu", ["1", ""])
def test_the_photo_scanned_for_its_code_is_kept_for_the_photos_only_with_consent(client, giu):
    make_office()
    client.post("/dang-ky/ban-than", {"photo": upload(front_photo()), "go": "scan", "giu": giu})
    assert (ImageKind.FRONT in draft_of(client).images) is bool(giu)


@pytest.mark.parametrize("giu", ["1", ""])
def test_a_photo_that_goes_along_with_the_step_is_kept_and_the_step_is_taken(client, giu):
    make_office()
    answer = client.post("/dang-ky/ban-than", WHO | {"photo": upload(front_photo()), "giu": giu})
    assert answer.status_code == 302
    assert (ImageKind.FRONT in draft_of(client).images) is bool(giu)


def test_a_code_on_the_back_keeps_the_photo_as_the_back(client, monkeypatch):
    make_office()
    reading = Reading(source=Source.QR, id_number=IdNumber("031190000001"), issued_on=date(2024, 7, 2))
    monkeypatch.setattr(reader, "read_card_qr", lambda _data: reading)
    client.post("/dang-ky/ban-than", {"photo": upload(back_photo()), "go": "scan", "giu": "1"})
    assert set(draft_of(client).images) == {ImageKind.BACK}


def test_a_card_of_somebody_else_is_one_sentence_with_two_ways_on():
    browser = at_photos()
    send(browser, data=front_photo(BINH))
    page = browser.get("/dang-ky/anh?loai=mat-truoc").text
    shown = page[page.index("có vẻ của người khác.</strong>") :]
    assert "Chụp thẻ của tôi" in shown
    assert "Xem lại điều đã nhập" in shown
    assert "bạn nhập:" not in shown
