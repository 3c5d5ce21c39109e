"""Narrow screens, large letters and every text size, long and one-word names: nothing runs out sideways."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.citizen.test_citizen_pages import TOO_WIDE, enter
from tests.browser.looks import resize
from tests.browser.waiting import until
from tests.making.registrations import make_draft, make_person
from vssid.web.citizen.tests.cast import make_worker
from vssid.web.public.registration import file_cookie
from vssid.web.ui import cookies
from vssid.web.ui.context import SIZES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 320, "height": 640}
PUBLIC = (
    "/",
    "/dang-ky",
    "/dang-ky/tra-cuu",
    "/dang-nhap",
    "/quen-mat-khau",
    "/tro-giup",
    "/cai-dat-ung-dung",
    "/tra-cuu",
    "/can-bo/dang-nhap",
)
OWN = (
    "/",
    "/ca-nhan",
    "/the",
    "/the/ma",
    "/the/hinh-anh",
    "/qua-trinh",
    "/qua-trinh/bhtn",
    "/qua-trinh/bhyt",
    "/qua-trinh/bhxh/1",
)
STEPS = ("ban-than", "lien-he", "anh", "anh?loai=mat-truoc", "noi-nop", "xem-lai", "ma-xac-nhan")
LONG = {
    "full_name": "Công Tằng Tôn Nữ Thị Bảo Châu Hoàng Ngọc Phương Uyên",
    "email": "cong.tang.ton.nu.thi.bao.chau.hoang.ngoc.phuong.uyen@thu-dien-tu.vidu.vn",
    "street": "Số 1234/56/78, ngách 9, hẻm 10, tổ dân phố số 11, khu tập thể Nhà máy Đóng tàu Bạch Đằng cũ",
}
# Scrolled to its end, the last part of the page stands above the bottom bar.
BAR_HIDES_NOTHING = """() => {
  scrollTo(0, document.body.scrollHeight);
  const parts = [...document.querySelectorAll("main > *")].filter((part) => part.offsetHeight);
  const bar = document.querySelector(".bar").getBoundingClientRect();
  return parts.at(-1).getBoundingClientRect().bottom <= bar.top;
}"""


def fits(page: Any, path: str) -> None:
    """The page is no wider than the screen."""
    page.goto(path)
    assert page.evaluate(TOO_WIDE) <= 0, path


def fits_at(page: Any, path: str, *widths: int) -> None:
    """The page, loaded once, is no wider than any of these screens."""
    page.goto(path)
    for width in widths:
        resize(page, width, 640)
        assert page.evaluate(TOO_WIDE) <= 0, f"{path} at {width}"


def fits_twice_as_large(page: Any) -> None:
    """The page that is open, with letters twice the size, is no wider than a usual phone."""
    resize(page, 360, 740)
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    assert page.evaluate(TOO_WIDE) <= 0, page.url


@pytest.fixture
def device(sight: Any, live_server: Any) -> Any:
    sight.url_base = live_server.url
    return sight


def test_every_page_fits_the_narrowest_phone_and_with_letters_twice_the_size(device):
    for path in PUBLIC:
        fits_at(device, path, 320)
        if path == "/dang-ky":
            assert device.locator("header.top").bounding_box()["height"] < 64  # one line
        fits_twice_as_large(device)
    enter(device, make_worker())
    for path in OWN:
        fits_at(device, path, 320)
        fits_twice_as_large(device)


@pytest.mark.parametrize("size", SIZES)
def test_every_text_size_fits_a_small_phone(device, size):
    device.context.add_cookies([{"name": cookies.SIZE, "value": size, "url": device.url_base}])
    for path in PUBLIC:
        fits_at(device, path, 320, 360)
    enter(device, make_worker())
    for path in OWN:
        fits_at(device, path, 320, 360)
    for width in (320, 360):
        resize(device, width, 640)
        assert device.evaluate(BAR_HIDES_NOTHING), f"the bottom bar covers the end of the page at {width}"


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
        fits(device, f"/dang-ky/{step}")
    device.goto("/dang-ky/xem-lai")
    assert changes["full_name"] in device.locator("main").inner_text()
    device.locator("#id_commitment").check()
    device.get_by_role("button", name="Gửi hồ sơ", exact=True).click()
    device.get_by_role("button", name="Đã đúng, vẫn gửi").click()
    device.wait_for_url("**/dang-ky/ho-so")
    fits(device, "/dang-ky/ho-so")
