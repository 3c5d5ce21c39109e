"""Places kept on the device: without a network, against a full or spoilt store, gone after signing out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.browser.looks import resize
from tests.browser.stored import come, take
from tests.browser.waiting import until, worker_of
from tests.making.places_of_the_directory import make_point
from tests.making.registrations import make_office
from tests.making.requests_of_people import make_facilities
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.directory import index
from vssid.domain.directory.models import Point
from vssid.web.citizen.tests.cast import make_worker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLACE, SHELF = "/tra-cuu/diem-thu/P0000001", "/tra-cuu/da-luu"
READY = """async () => {
  await navigator.serviceWorker.ready;
  return Boolean(await caches.match("/tra-cuu/da-luu/ngoai-tuyen"));
}"""
EMPTY_FITS = "() => ((it) => it.scrollWidth <= it.clientWidth)(document.querySelector('.empty'))"
FITS = "() => document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture(autouse=True)
def places() -> None:
    make_office()
    make_facilities()
    make_point()
    index.refresh()


def until_ready(page: Any) -> None:
    """Wait until the page for no network lies on the device."""
    until(page, READY)


def save(page: Any, path: str = PLACE) -> None:
    page.goto(path)
    page.get_by_role("button", name="Lưu nơi này").click()
    expect(page.get_by_role("button", name="Đã lưu", exact=True)).to_have_attribute("aria-pressed", "true")


def store(page: Any, value: str) -> None:
    page.evaluate("value => localStorage.setItem('saved-places-v1', value)", value)


def in_both_widths(page: Any, *also: str) -> None:
    """It pleases axe, fits, and answers yes to what else is asked, on a phone and on a desk."""
    for width in (1280, 360):
        resize(page, width, 800)
        assert findings(page) == [], width
        assert all(page.evaluate(asked) for asked in (FITS, *also)), width


def test_a_saved_place_opens_without_a_network_and_stays_while_nobody_is_signed_in(phone: Any):
    save(phone)
    in_both_widths(phone)
    until_ready(phone)
    phone.context.set_offline(True)
    phone.goto(SHELF)
    says_all_of_the_place(phone)
    in_both_widths(phone)
    phone.goto("/tra-cuu")
    in_both_widths(phone, EMPTY_FITS)
    phone.get_by_role("link", name="Nơi đã lưu").click()
    expect(phone.locator("[data-saved-list] > li")).to_have_count(1)
    phone.context.set_offline(False)
    for path in ("/", "/dang-nhap", SHELF):
        phone.goto(path)
    expect(phone.locator("[data-saved-list] > li")).to_have_count(1)


def says_all_of_the_place(page: Any) -> None:
    expect(page.get_by_role("link", name="Bưu cục phường Hồng Bàng")).to_have_attribute("href", PLACE)
    expect(page.get_by_text("5 Phố Mẫu, phường Hồng Bàng, Hải Phòng")).to_be_visible()
    expect(page.get_by_text("0590 000 001")).to_be_visible()
    expect(page.get_by_text("Thứ Hai – Thứ Sáu: 7:30–17:00")).to_be_visible()
    expect(page.get_by_role("link", name="Gọi")).to_have_attribute("href", "tel:0590000001")
    way = page.get_by_role("link", name="Chỉ đường")
    expect(way).to_have_attribute("href", "geo:20.863,106.682?q=20.863,106.682")


def test_a_place_is_saved_without_sending_anything_dropped_brought_back_and_kept_up_to_date(sight: Any):
    nothing_of_it_is_sent(sight)
    save(sight, "/tra-cuu/co-quan-bhxh/03101")
    by_keyboard_a_place_is_dropped_and_brought_back(sight)
    its_page_brings_the_copy_up_to_date(sight)
    the_button_drops_it_again_and_the_list_says_that_it_is_empty(sight)


def nothing_of_it_is_sent(page: Any) -> None:
    sent: list[str] = []
    page.goto(PLACE, wait_until="networkidle")
    page.on("request", lambda request: sent.append(request.url))
    page.get_by_role("button", name="Lưu nơi này").click()
    expect(page.get_by_text("Đã lưu trên máy này")).to_be_visible()
    assert [url for url in sent if "/static/" not in url] == []


def by_keyboard_a_place_is_dropped_and_brought_back(page: Any) -> None:
    page.goto(SHELF)
    page.get_by_role("button", name="Bỏ lưu: Bưu cục phường Hồng Bàng (mẫu)").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã bỏ lưu: Bưu cục")).to_be_visible()
    expect(page.locator("[data-saved-list] > li")).to_have_count(1)
    expect(page.get_by_role("button", name="Hoàn tác")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-saved-list] > li")).to_have_count(2)
    expect(page.get_by_role("link", name="Bưu cục phường Hồng Bàng")).to_be_focused()
    assert findings(page) == []


def its_page_brings_the_copy_up_to_date(page: Any) -> None:
    Point.objects.update(phone="0590 000 999", as_of="2026-11-20T00:00Z")
    index.refresh()
    page.context.clear_cookies()
    page.goto(f"{PLACE}?moi")
    page.goto(SHELF)
    expect(page.get_by_text("0590 000 999")).to_be_visible()


def the_button_drops_it_again_and_the_list_says_that_it_is_empty(page: Any) -> None:
    for path in (PLACE, "/tra-cuu/co-quan-bhxh/03101"):
        page.goto(path)
        page.get_by_role("button", name="Đã lưu", exact=True).click()
        expect(page.get_by_role("button", name="Lưu nơi này")).to_have_attribute("aria-pressed", "false")
    page.goto(SHELF)
    expect(page.get_by_role("heading", name="Chưa lưu nơi nào")).to_be_visible()
    assert findings(page) == []


SLOW = "if (window.caches) caches.has = () => new Promise((done) => setTimeout(done, 8000, false));"


def test_a_slow_device_brings_the_copy_up_to_date_before_anything_else(sight: Any):
    save(sight)
    Point.objects.update(phone="0590 000 999", as_of="2026-11-20T00:00Z")
    index.refresh()
    sight.context.clear_cookies()
    sight.add_init_script(SLOW)
    sight.goto(f"{PLACE}?moi")
    kept = sight.evaluate("() => localStorage.getItem('saved-places-v1')")
    assert "0590 000 999" in kept


def test_a_full_or_spoilt_store_is_told_of_and_breaks_nothing(sight: Any):
    sight.goto(PLACE)
    store(sight, json.dumps([{"path": f"/tra-cuu/diem-thu/X{n}", "name": f"Nơi {n}"} for n in range(50)]))
    sight.get_by_role("button", name="Lưu nơi này").click()  # the fifty-first
    expect(sight.get_by_text("Đã lưu đủ 50 nơi")).to_be_visible()
    expect(sight.get_by_role("button", name="Lưu nơi này")).to_have_attribute("aria-pressed", "false")
    for spoilt in ("{", "null", "7", '"x"', '{"path": "/"}', "[null, 3, [], {}]"):
        store(sight, spoilt)
        sight.goto(SHELF)
        expect(sight.get_by_role("heading", name="Chưa lưu nơi nào")).to_be_visible()
        save(sight)
    what_was_slipped_into_the_store_is_text_and_leads_nowhere(sight)


def what_was_slipped_into_the_store_is_text_and_leads_nowhere(page: Any) -> None:
    page.goto(SHELF)
    name = '"><img src=x onerror="document.title=1">'
    slipped = [
        {
            "path": PLACE,
            "name": name,
            "phone": "javascript:alert(1)",
            "latitude": "x",
            "hours": [{}, "a" * 999],
        },
        {"path": "javascript:alert(1)", "name": "Lạ"},
        {"path": "//evil.example/tra-cuu/diem-thu/X", "name": "Lạ"},
    ]
    store(page, json.dumps(slipped))
    page.reload()
    expect(page.get_by_role("link", name=name)).to_have_attribute("href", PLACE)
    expect(page.locator("[data-saved-list] > li")).to_have_count(1)
    assert page.locator("[data-saved-list] img").count() == 0
    expect(page.get_by_role("link", name="Gọi")).to_be_hidden()
    expect(page.get_by_role("link", name="Chỉ đường")).to_be_hidden()


def test_without_a_script_there_is_no_button_and_the_page_says_why(chromium: Any, live_server: Any):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.goto(PLACE)
    expect(page.get_by_text("Lưu nơi này")).to_be_hidden()
    page.goto(SHELF)
    expect(page.get_by_text("Trang này cần JavaScript")).to_be_visible()
    context.close()


def test_a_place_is_shared_by_the_phones_own_sheet_or_by_its_address(sight: Any, live_server: Any):
    sight.add_init_script("navigator.share = async (what) => { window.shared = what; }")
    sight.goto(PLACE)
    sight.get_by_role("button", name="Chia sẻ").click()
    until(sight, "() => window.shared")
    shared = sight.evaluate("() => window.shared")
    assert shared["url"] == f"{live_server.url}{PLACE}"
    assert shared["title"] == "Bưu cục phường Hồng Bàng (mẫu)"

    sight.context.grant_permissions(["clipboard-read", "clipboard-write"])
    without = sight.context.new_page()
    without.add_init_script("delete Navigator.prototype.share")
    without.goto(PLACE)
    without.get_by_role("button", name="Chia sẻ").click()
    expect(without.get_by_text("Đã chép địa chỉ")).to_be_visible()
    assert without.evaluate("() => navigator.clipboard.readText()") == f"{live_server.url}{PLACE}"


# --- of somebody who is or was signed in ---------------------------------------------------

CUT = """() => {
  const remove = caches.delete.bind(caches);
  caches.delete = (name) => remove(name).then(() => new Promise(() => {}));
}"""
# A page asked for before arrives while the worker is about to forget, and the worker is slow in looking.
LATE_PAGE = """async () => {
  const real = caches.has.bind(caches);
  caches.has = async (name) => { await new Promise((done) => setTimeout(done, 500)); return real(name); };
  const late = new Response("", { headers: { "X-Offline": "keep" } });
  await Promise.all([remember(new URL("/the", location), late, forgotten), forget()]);
  return [await real("emptied-v1"), await real("personal-v1")];
}"""
SAVED = "() => localStorage.getItem('saved-places-v1')"


@pytest.fixture
def lan(phone: Any, live_server: Any) -> Any:
    """Lan's phone, which stored a page of hers."""
    take(phone, live_server.url, make_worker())
    return phone


def come_and_save(page: Any) -> None:
    come(page)
    save(page)


def test_the_list_goes_with_who_was_signed_in_and_stays_with_who_is(lan: Any):
    come_and_save(lan)
    lan.goto("/gia-dinh?xong=ket-thuc")  # other pages are wiped
    lan.goto(SHELF)
    expect(lan.locator("[data-saved-list] > li")).to_have_count(1)

    come(lan)
    sessions.end_all(lan.person_id)  # elsewhere; the next visit is another page
    come_back_to_an_empty_list(lan, "/tro-giup", SHELF)
    come_and_save(lan)
    sessions.end_all(lan.person_id)  # the next visit is the list itself
    come_back_to_an_empty_list(lan, SHELF)

    come_and_save(lan)
    lan.goto(SHELF)
    expect(lan.locator("[data-saved-list] > li")).to_have_count(1)
    lan.goto("/ca-nhan")
    lan.get_by_role("button", name="Đăng xuất").click()
    expect(lan.get_by_text("Đã đăng xuất")).to_be_visible()
    assert lan.evaluate(SAVED) is None


def come_back_to_an_empty_list(page: Any, *paths: str) -> None:
    for path in paths:
        page.goto(path)
    expect(page.get_by_role("heading", name="Chưa lưu nơi nào")).to_be_visible()
    assert page.evaluate(SAVED) is None


def test_a_page_left_at_once_or_coming_late_does_not_hide_that_there_was_somebody(lan: Any):
    come_and_save(lan)
    sessions.end_all(lan.person_id)
    lan.add_init_script(f"if (window.caches) ({CUT})()")  # left as soon as the mark is gone
    lan.goto("/tro-giup")
    until(lan, "() => localStorage.getItem('saved-places-v1') === null")
    come(lan)
    assert worker_of(lan).evaluate(LATE_PAGE) == [True, False]
