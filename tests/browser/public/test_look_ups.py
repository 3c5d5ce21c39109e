"""Look-ups in Chromium: the nearest by the phone's position, and the check the browser does by itself."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.browser.looks import resize
from tests.making.families import add_child_coverage
from tests.making.pictures_of_codes import picture_of_code
from tests.making.places_of_the_directory import make_point
from tests.making.registrations import LAN, make_office, make_person
from tests.making.requests_of_people import make_facilities
from vssid.domain.cards.qr_text import CardText, compose_text
from vssid.domain.directory import index
from vssid.domain.directory.models import Point
from vssid.domain.lookups import comparing
from vssid.domain.participants.models.people import Identifier, Person
from vssid.domain.vault import sealing as vault
from vssid.web.public.lookups.tests.test_own_number import TYPED

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NUMBER = "/tra-cuu/ma-so-bhxh"


@pytest.fixture
def places() -> None:
    make_office()
    make_facilities()
    make_point()
    index.refresh()


@pytest.fixture
def register() -> Iterator[None]:
    person_id = make_person()
    key = vault.fingerprint("cccd", LAN.id_number).hex()
    Identifier.objects.get_or_create(kind="cccd", key=key, defaults={"person_id": person_id})
    Person.objects.update(province_code="31")
    comparing.somebody.cache_clear()
    yield
    comparing.somebody.cache_clear()


def fill(page: Any, name: str = LAN.full_name) -> None:
    page.get_by_label("Họ và tên").fill(name)
    page.get_by_label("Ngày sinh").fill("02/01/1990")
    page.get_by_label("Số CCCD").fill(LAN.id_number)
    page.get_by_label("Tỉnh, thành phố").select_option("31")
    page.get_by_role("button", name="Tra cứu").click()


def test_a_place_is_found_in_two_taps_and_the_nearest_by_the_phones_position(sight: Any, places: None):
    sight.goto("/tra-cuu")
    sight.get_by_role("link", name="Điểm thu, đại lý thu").click()
    sight.get_by_role("searchbox").fill("bc hong bang")
    sight.get_by_role("searchbox").fill("buu cuc hong bang")
    sight.get_by_role("searchbox").press("Enter")
    sight.get_by_role("link", name="Bưu cục phường Hồng Bàng").click()
    expect(sight.get_by_role("link", name="Gọi", exact=True)).to_have_attribute("href", "tel:0590000001")
    assert findings(sight) == []
    sight.goto("/tra-cuu/diem-thu")
    sight.get_by_role("button", name="Gần tôi").click()  # who does not tell is told what to do
    expect(sight.get_by_text("Máy chưa cho biết vị trí")).to_be_visible()
    the_nearest_are_asked_for_and_the_address_does_not_tell_where_one_is(sight)


def the_nearest_are_asked_for_and_the_address_does_not_tell_where_one_is(page: Any) -> None:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 20.863, "longitude": 106.682})
    page.goto("/tra-cuu/diem-thu")
    page.get_by_role("button", name="Gần tôi").click()
    expect(page.get_by_role("heading", name="Gần bạn nhất")).to_be_visible()
    expect(page.get_by_text("0 m", exact=True)).to_be_visible()
    assert "20.8" not in page.url
    assert findings(page) == []


def three_tries() -> None:
    """At the address of the browser under test."""
    for name in ("Sai Một", "Sai Hai", "Sai Ba"):
        assert Client(REMOTE_ADDR="127.0.0.1").post(NUMBER, TYPED | {"full_name": name}).status_code == 422


def test_after_a_few_tries_the_browser_does_the_check_by_itself(
    sight: Any, register: None, little_work: None
):
    three_tries()
    sight.goto(NUMBER)
    fill(sight)
    expect(sight.get_by_text("Máy đã làm xong bước kiểm tra")).to_be_visible(timeout=30_000)
    expect(sight.get_by_label("cộng")).to_be_hidden()
    assert findings(sight) == []
    sight.get_by_role("button", name="Tra cứu").click()
    expect(sight.get_by_role("heading", name="Mã số BHXH của bạn")).to_be_visible()
    assert LAN.id_number not in sight.url
    assert findings(sight) == []


def test_without_a_script_a_sum_does_as_well(chromium: Any, live_server: Any, register: None):
    three_tries()
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.goto(NUMBER)
    fill(page)
    asked = re.findall(r"\d+", page.locator("[data-sum] label").inner_text())
    page.get_by_label("cộng").fill(str(sum(map(int, asked))))
    page.get_by_role("button", name="Tra cứu").click()
    expect(page.get_by_role("heading", name="Mã số BHXH của bạn")).to_be_visible()
    context.close()


def pleases_axe_in_both_widths(page: Any) -> None:
    for width in (1280, 360):
        resize(page, width, 800)
        assert findings(page) == [], width


def test_a_card_is_checked_by_what_is_printed_on_it(sight: Any, register: None):
    make_office()
    add_child_coverage(LAN)
    sight.goto("/tra-cuu")
    sight.get_by_role("link", name="Giá trị thẻ BHYT").click()
    pleases_axe_in_both_widths(sight)
    sight.get_by_label("Số thẻ BHYT").fill(LAN.bhxh_code)
    sight.get_by_label("Họ và tên").fill("nguyen thi lan")
    sight.get_by_label("Ngày sinh").fill("03/01/1990")
    sight.keyboard.press("Enter")
    expect(sight.get_by_text("Không có thẻ nào khớp đủ")).to_be_visible()
    pleases_axe_in_both_widths(sight)
    sight.get_by_label("Ngày sinh").fill("02/01/1990")
    sight.keyboard.press("Enter")
    expect(sight.get_by_text("Thẻ còn thời hạn theo dữ liệu BHXH")).to_be_visible()
    assert LAN.bhxh_code not in sight.url
    pleases_axe_in_both_widths(sight)


def test_the_communes_of_a_province_are_offered_as_soon_as_it_is_chosen(sight: Any, places: None):
    sight.goto("/tra-cuu/co-quan-bhxh")
    sight.get_by_text("Lọc", exact=True).click()
    without_a_network_the_filters_stay_as_they_are(sight)
    sight.get_by_label("Tỉnh, thành phố").select_option("31")
    expect(sight.get_by_label("Phường, xã", exact=True)).to_be_visible()
    expect(sight.get_by_label("Tỉnh, thành phố")).to_be_focused()
    sight.get_by_label("Tỉnh, thành phố").select_option("cu-31")
    sight.get_by_label("Quận, huyện trước 1/7/2025").select_option("303")
    sight.get_by_label("Phường, xã trước 1/7/2025").select_option("11311")
    assert findings(sight) == []
    sight.get_by_role("button", name="Tìm").click()
    expect(sight.get_by_text("Nay thuộc:")).to_be_visible()
    expect(sight.get_by_role("link", name="BHXH quận Hồng Bàng")).to_be_visible()
    assert findings(sight) == []
    sight.get_by_role("link", name="Bỏ lọc: Quận Hồng Bàng").click()
    expect(sight).to_have_url(re.compile(r"\?tinh=cu-31$"))


def without_a_network_the_filters_stay_as_they_are(page: Any) -> None:
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        page.get_by_label("Tỉnh, thành phố").select_option("31")
    expect(page.locator("[data-within]")).not_to_have_attribute("aria-busy", "true")
    expect(page.get_by_label("Tỉnh, thành phố")).to_have_value("31")
    page.context.set_offline(False)
    page.reload()
    page.get_by_text("Lọc", exact=True).click()


CAMERA = """(picture) => {
  navigator.mediaDevices.getUserMedia = async () => {
    const image = new Image();
    image.src = picture;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width;
    canvas.height = image.height;
    const pen = canvas.getContext("2d");
    setInterval(() => pen.drawImage(image, 0, 0), 100);
    return canvas.captureStream(10);
  };
  delete window.BarcodeDetector;
}"""


DETECTOR = """(text) => {
  navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    setInterval(() => pen.fillRect(0, 0, 9, 9), 100);
    return canvas.captureStream(10);
  };
  window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect() { return [{ rawValue: text }]; }
  };
}"""
REFUSED = "() => { navigator.mediaDevices.getUserMedia = async () => { throw new Error('refused'); }; }"
CARD = CardText(code=LAN.bhxh_code, name=LAN.full_name, birth="02/01/1990")


def shown_to_the_camera(text: str) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture_of_code(text)).decode()}"


def test_a_card_held_before_the_camera_fills_the_form(sight: Any, register: None):
    make_office()
    add_child_coverage(LAN)
    who_gives_no_camera_is_told_what_else_to_do(sight)
    where_the_phone_reads_codes_itself_no_picture_leaves_it(sight)
    sight.goto("/tra-cuu/gia-tri-the")
    sight.evaluate(CAMERA, shown_to_the_camera(compose_text(CARD)))
    sight.get_by_role("button", name="Mở camera").click()
    expect(sight.get_by_text("Đã điền từ thẻ. Hãy xem lại rồi bấm Tra cứu.")).to_be_visible(timeout=30_000)
    expect(sight.get_by_label("Họ và tên")).to_have_value(LAN.full_name)
    expect(sight.get_by_role("button", name="Tra cứu")).to_be_focused()
    expect(sight.locator("video")).to_be_hidden()
    assert findings(sight) == []
    sight.keyboard.press("Enter")
    expect(sight.get_by_text("Thẻ còn thời hạn theo dữ liệu BHXH")).to_be_visible()


def who_gives_no_camera_is_told_what_else_to_do(page: Any) -> None:
    page.goto("/tra-cuu/gia-tri-the")
    page.evaluate(REFUSED)
    page.get_by_role("button", name="Mở camera").click()
    expect(page.get_by_text("Chưa mở được camera")).to_be_visible()
    expect(page.get_by_label("Số thẻ BHYT")).to_be_editable()


def where_the_phone_reads_codes_itself_no_picture_leaves_it(page: Any) -> None:
    sent: list[bytes] = []
    page.goto("/tra-cuu/gia-tri-the")
    page.on("request", lambda asked: sent.append(asked.post_data_buffer or b""))
    page.evaluate(DETECTOR, compose_text(CARD))
    page.get_by_role("button", name="Mở camera").click()
    expect(page.get_by_label("Số thẻ BHYT")).to_have_value(LAN.bhxh_code)
    expect(page.get_by_role("button", name="Tra cứu")).to_be_focused()
    assert not any(b"frame.jpg" in body for body in sent)


# How far the middle of the frame lies from the middle of the picture, across and down.
OFF_CENTRE = """() => {
  const view = document.querySelector("[data-view]");
  view.hidden = false;
  const box = view.getBoundingClientRect(), frame = getComputedStyle(view, "::after");
  const px = (name) => parseFloat(frame[name]);
  const moved = new DOMMatrix(frame.transform);
  return {
    x: px("left") + px("marginLeft") + px("width") / 2 + moved.e - view.clientWidth / 2,
    y: px("top") + px("marginTop") + px("height") / 2 + moved.f - view.clientHeight / 2,
    square: px("width") - px("height"),
    fits: px("width") < box.width && px("height") < box.height,
  };
}"""


def test_the_frame_for_a_code_stands_in_the_middle_of_the_picture(sight: Any):
    for path in ("/tra-cuu/gia-tri-the", "/dang-ky/ban-than"):
        sight.goto(path)
        for width in (320, 360, 768, 1280):
            resize(sight, width, 740)
            offsets = sight.evaluate(OFF_CENTRE)
            assert abs(offsets["x"]) < 2, (path, width, offsets)
            assert abs(offsets["y"]) < 2, (path, width, offsets)
            assert abs(offsets["square"]) < 2, (path, width, offsets)
            assert offsets["fits"], (path, width, offsets)


def test_a_closed_place_says_when_it_opens_again_within_the_screen(sight: Any, places: None):
    day = (timezone.localtime() + timedelta(days=3)).isoweekday()
    hours = [{"days": [day], "open": "07:30", "close": "17:00"}]
    Point.objects.update(hours=hours, as_of=timezone.now())
    index.refresh()
    sight.goto("/tra-cuu/diem-thu/P0000001")
    for width in (320, 360, 1280):
        resize(sight, width, 800)
        expect(sight.get_by_text("mở lại 07:30")).to_be_visible()
        assert sight.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), width
        assert findings(sight) == [], width
