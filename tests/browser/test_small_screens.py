"""Narrow screens, large letters and every text size, long and one-word names: nothing runs out sideways."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import aspects
from tests.browser.citizen.test_citizen_pages import enter
from tests.browser.looks import SETTLED, in_letters, resize
from tests.browser.waiting import until
from tests.making.registrations import make_draft, make_person
from vssid.web.citizen.tests.cast import make_worker
from vssid.web.public.registration import file_cookie
from vssid.web.ui import cookies
from vssid.web.ui.context import SIZES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEIGHTS = """() => [...document.querySelectorAll("header.top, main, main *, .bar")]
  .map((one) => Math.round(one.getBoundingClientRect().height))"""
NARROW = {"width": 320, "height": 640}
STEPS = ("ban-than", "lien-he", "anh", "anh?loai=mat-truoc", "noi-nop", "xem-lai", "ma-xac-nhan")
LONG = {
    "full_name": "Công Tằng Tôn Nữ Thị Bảo Châu Hoàng Ngọc Phương Uyên",
    "email": "cong.tang.ton.nu.thi.bao.chau.hoang.ngoc.phuong.uyen@thu-dien-tu.vidu.vn",
    "street": "Số 1234/56/78, ngách 9, hẻm 10, tổ dân phố số 11, khu tập thể Nhà máy Đóng tàu Bạch Đằng cũ",
}


@pytest.fixture
def device(sight: Any, live_server: Any) -> Any:
    sight.url_base = live_server.url
    return sight


def test_the_bottom_bar_covers_no_end_of_a_page_at_any_text_size(device):
    enter(device, make_worker())
    device.goto("/qua-trinh/bhxh/1")
    for width in (320, 360):
        resize(device, width, 640)
        for size in SIZES:
            in_letters(device, size)
            assert aspects.bottom_bar(device) == [], f"{size} at {width}"


def test_a_size_that_was_chosen_is_laid_out_as_the_checks_lay_it_out(device):
    """They set the attribute on a page that is open; here the server sends it."""
    for size in SIZES:
        device.goto("/dang-ky")
        in_letters(device, size)
        heights = device.evaluate(HEIGHTS)
        device.context.add_cookies([{"name": cookies.SIZE, "value": size, "url": device.url_base}])
        device.goto("/dang-ky")
        device.evaluate(SETTLED)
        assert device.evaluate(HEIGHTS) == heights, size
        device.context.clear_cookies()


def test_the_bar_on_top_is_one_line_high_on_the_narrowest_phone(device):
    device.set_viewport_size(NARROW)
    device.goto("/dang-ky")
    assert device.locator("header.top").bounding_box()["height"] < 64


def test_a_larger_text_is_chosen_in_the_menu_without_javascript(chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, viewport=NARROW, java_script_enabled=False)
    page = context.new_page()
    page.goto("/tro-giup")
    page.get_by_role("button", name="Cỡ chữ lớn nhất").click()
    expect(page).to_have_url(f"{live_server.url}/tro-giup")
    expect(page.locator("html")).to_have_attribute("data-size", "largest")
    expect(page.get_by_role("button", name="Cỡ chữ lớn nhất")).to_have_attribute("aria-pressed", "true")
    context.close()


def test_stored_pages_follow_the_chosen_text_size(phone, live_server):
    phone.url_base = live_server.url
    enter(phone, make_worker())
    phone.goto("/")
    stored_in(phone, "/qua-trinh/bhyt", "<html")
    phone.goto("/ca-nhan")
    phone.get_by_role("button", name="Cỡ chữ lớn nhất").click()
    stored_in(phone, "/qua-trinh/bhyt", 'data-size="largest"')


def stored_in(page: Any, path: str, words: str) -> None:
    """Wait until the copy of the page kept on the device holds these words."""
    until(
        page,
        """async ([path, words]) => {
          const kept = await caches.match(path);
          return kept ? (await kept.text()).includes(words) : false;
        }""",
        [path, words],
    )


@pytest.mark.parametrize("changes", [LONG, {"full_name": "Y"}], ids=["long", "one word"])
def test_a_registration_with_any_name_fits_the_narrowest_phone(device, changes):
    make_person()
    device.set_viewport_size(NARROW)
    token = make_draft(**changes)
    device.context.add_cookies(
        [{"name": file_cookie.COOKIE, "value": token, "url": f"{device.url_base}/dang-ky"}]
    )
    for step in STEPS:
        device.goto(f"/dang-ky/{step}")
        assert aspects.too_wide(device, aspects.USUAL) == [], step
    device.goto("/dang-ky/xem-lai")
    assert changes["full_name"] in device.locator("main").inner_text()
    device.locator("#id_commitment").check()
    device.get_by_role("button", name="Gửi hồ sơ", exact=True).click()
    device.get_by_role("button", name="Đã đúng, vẫn gửi").click()
    device.wait_for_url("**/dang-ky/ho-so")
    assert aspects.too_wide(device, aspects.USUAL) == []
