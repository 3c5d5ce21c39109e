"""Places kept on the device: without a network, against a full or spoilt store, gone after signing out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.browser.waiting import until
from tests.making.places_of_the_directory import make_point
from tests.making.registrations import make_office
from tests.making.requests_of_people import make_facilities
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.directory import index
from vssid.domain.directory.models import Point
from vssid.web.citizen.tests.cast import make_worker

from .test_offline import enter, until_stored

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLACE, SHELF = "/tra-cuu/diem-thu/P0000001", "/tra-cuu/da-luu"
READY = """async () => {
  await navigator.serviceWorker.ready;
  return Boolean(await caches.match("/tra-cuu/da-luu/ngoai-tuyen"));
}"""
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


def store(page: Any, value: Any) -> None:
    page.evaluate("value => localStorage.setItem('saved-places-v1', value)", value)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_saved_place_opens_without_a_network(phone: Any, width: int):
    phone.set_viewport_size({"width": width, "height": 800})
    save(phone)
    assert findings(phone) == []
    until_ready(phone)
    phone.context.set_offline(True)
    phone.goto(SHELF)
    expect(phone.get_by_role("link", name="Bưu cục phường Hồng Bàng")).to_have_attribute("href", PLACE)
    expect(phone.get_by_text("5 Phố Mẫu, phường Hồng Bàng, Hải Phòng")).to_be_visible()
    expect(phone.get_by_text("0590 000 001")).to_be_visible()
    expect(phone.get_by_text("Thứ Hai – Thứ Sáu: 7:30–17:00")).to_be_visible()
    expect(phone.get_by_role("link", name="Gọi")).to_have_attribute("href", "tel:0590000001")
    way = phone.get_by_role("link", name="Chỉ đường")
    expect(way).to_have_attribute("href", "geo:20.863,106.682?q=20.863,106.682")
    assert findings(phone) == []
    assert phone.evaluate(FITS)
    phone.context.set_offline(False)


def test_nothing_of_it_is_sent(phone: Any):
    sent: list[str] = []
    phone.goto(PLACE)
    phone.on("request", lambda request: sent.append(request.url))
    phone.get_by_role("button", name="Lưu nơi này").click()
    expect(phone.get_by_text("Đã lưu trên máy này")).to_be_visible()
    assert [url for url in sent if "/static/" not in url] == []


def test_by_keyboard_a_place_is_dropped_and_brought_back(phone: Any):
    save(phone)
    save(phone, "/tra-cuu/co-quan-bhxh/03101")
    phone.goto(SHELF)
    button = phone.get_by_role("button", name="Bỏ lưu: Bưu cục phường Hồng Bàng (mẫu)")
    button.focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Đã bỏ lưu: Bưu cục")).to_be_visible()
    expect(phone.locator("[data-saved-list] > li")).to_have_count(1)
    expect(phone.get_by_role("button", name="Hoàn tác")).to_be_focused()
    phone.keyboard.press("Enter")
    expect(phone.locator("[data-saved-list] > li")).to_have_count(2)
    expect(phone.get_by_role("link", name="Bưu cục phường Hồng Bàng")).to_be_focused()
    assert findings(phone) == []


def test_the_button_drops_it_again_and_the_list_says_that_it_is_empty(phone: Any):
    save(phone)
    phone.get_by_role("button", name="Đã lưu", exact=True).click()
    expect(phone.get_by_role("button", name="Lưu nơi này")).to_have_attribute("aria-pressed", "false")
    phone.goto(SHELF)
    expect(phone.get_by_role("heading", name="Chưa lưu nơi nào")).to_be_visible()
    assert findings(phone) == []


def test_the_page_of_a_saved_place_brings_the_copy_up_to_date(phone: Any):
    save(phone)
    Point.objects.update(phone="0590 000 999", as_of="2026-11-20T00:00Z")
    index.refresh()
    phone.context.clear_cookies()
    phone.goto(f"{PLACE}?moi")
    phone.goto(SHELF)
    expect(phone.get_by_text("0590 000 999")).to_be_visible()


def test_the_fifty_first_is_refused_in_words(phone: Any):
    phone.goto(PLACE)
    full = [{"path": f"/tra-cuu/diem-thu/X{n}", "name": f"Nơi {n}"} for n in range(50)]
    store(phone, json.dumps(full))
    phone.get_by_role("button", name="Lưu nơi này").click()
    expect(phone.get_by_text("Đã lưu đủ 50 nơi")).to_be_visible()
    expect(phone.get_by_role("button", name="Lưu nơi này")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("value", ["{", "null", "7", '"x"', '{"path": "/"}', "[null, 3, [], {}]"])
def test_a_spoilt_store_shows_nothing_and_breaks_nothing(phone: Any, value: str):
    wrong: list[str] = []
    phone.on("pageerror", lambda error: wrong.append(str(error)))
    phone.goto(PLACE)
    store(phone, value)
    phone.goto(SHELF)
    expect(phone.get_by_role("heading", name="Chưa lưu nơi nào")).to_be_visible()
    phone.goto(PLACE)
    phone.get_by_role("button", name="Lưu nơi này").click()
    expect(phone.get_by_role("button", name="Đã lưu", exact=True)).to_be_visible()
    assert wrong == []


def test_what_was_slipped_into_the_store_is_text_and_leads_nowhere(phone: Any):
    phone.goto(SHELF)
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
    store(phone, json.dumps(slipped))
    phone.reload()
    expect(phone.locator("[data-saved-list] > li")).to_have_count(1)
    expect(phone.get_by_role("link", name=name)).to_have_attribute("href", PLACE)
    assert phone.locator("[data-saved-list] img").count() == 0
    expect(phone.get_by_role("link", name="Gọi")).to_be_hidden()
    expect(phone.get_by_role("link", name="Chỉ đường")).to_be_hidden()


def test_signing_out_empties_the_list(phone: Any):
    make_worker()
    phone.goto("/dang-nhap")
    enter(phone)
    save(phone)
    phone.goto(SHELF)
    expect(phone.locator("[data-saved-list] > li")).to_have_count(1)
    phone.goto("/ca-nhan")
    phone.get_by_role("button", name="Đăng xuất").click()
    expect(phone.get_by_text("Đã đăng xuất")).to_be_visible()
    assert phone.evaluate("() => localStorage.getItem('saved-places-v1')") is None


def test_without_a_script_there_is_no_button_and_the_page_says_why(chromium: Any, live_server: Any):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.goto(PLACE)
    expect(page.get_by_text("Lưu nơi này")).to_be_hidden()
    page.goto(SHELF)
    expect(page.get_by_text("Trang này cần JavaScript")).to_be_visible()
    context.close()


def test_where_the_phone_shares_nothing_the_address_is_copied(phone: Any, live_server: Any):
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    phone.add_init_script("delete Navigator.prototype.share")
    phone.goto(PLACE)
    phone.get_by_role("button", name="Chia sẻ").click()
    expect(phone.get_by_text("Đã chép địa chỉ")).to_be_visible()
    assert phone.evaluate("() => navigator.clipboard.readText()") == f"{live_server.url}{PLACE}"


def test_the_phones_own_sheet_gets_the_place(phone: Any, live_server: Any):
    phone.add_init_script("navigator.share = async (what) => { window.shared = what; }")
    phone.goto(PLACE)
    phone.get_by_role("button", name="Chia sẻ").click()
    phone.wait_for_function("() => window.shared")
    shared = phone.evaluate("() => window.shared")
    assert shared["url"] == f"{live_server.url}{PLACE}"
    assert shared["title"] == "Bưu cục phường Hồng Bàng (mẫu)"


def signed_in_with_a_place(page: Any) -> int:
    """Lan's phone with her pages stored, and one place saved."""
    person_id = make_worker()
    page.goto("/dang-nhap")
    enter(page)
    until_stored(page, {"/the"})
    save(page)
    return person_id


def test_a_session_ended_elsewhere_takes_the_list_away_at_the_next_visit(phone: Any):
    sessions.end_all(signed_in_with_a_place(phone))
    phone.goto("/tro-giup")
    phone.goto(SHELF)
    expect(phone.get_by_role("heading", name="Chưa lưu nơi nào")).to_be_visible()
    assert phone.evaluate("() => localStorage.getItem('saved-places-v1')") is None


def test_the_list_itself_is_empty_when_it_is_the_next_visit(phone: Any):
    sessions.end_all(signed_in_with_a_place(phone))
    phone.goto(SHELF)
    expect(phone.get_by_role("heading", name="Chưa lưu nơi nào")).to_be_visible()


def test_a_stranger_keeps_the_list_although_the_sign_in_page_was_opened(phone: Any):
    save(phone)
    until_ready(phone)
    phone.context.set_offline(True)
    phone.goto(SHELF)
    phone.context.set_offline(False)
    for path in ("/", "/dang-nhap", SHELF):
        phone.goto(path)
    expect(phone.locator("[data-saved-list] > li")).to_have_count(1)


def test_who_stays_signed_in_keeps_the_list_when_other_pages_are_wiped(phone: Any):
    signed_in_with_a_place(phone)
    phone.goto("/gia-dinh?xong=ket-thuc")
    phone.goto(SHELF)
    expect(phone.locator("[data-saved-list] > li")).to_have_count(1)


@pytest.mark.parametrize("width", [360, 1280])
def test_without_a_network_the_way_to_the_list_is_shown(phone: Any, width: int):
    phone.set_viewport_size({"width": width, "height": 800})
    save(phone)
    until_ready(phone)
    phone.context.set_offline(True)
    phone.goto("/tra-cuu")
    assert findings(phone) == []
    assert phone.locator(".empty").evaluate("(it) => it.scrollWidth <= it.clientWidth")
    phone.get_by_role("link", name="Nơi đã lưu").click()
    expect(phone.locator("[data-saved-list] > li")).to_have_count(1)
    phone.context.set_offline(False)


SLOW = "if (window.caches) caches.has = () => new Promise((done) => setTimeout(done, 8000, false));"


def test_a_slow_device_brings_the_copy_up_to_date_before_anything_else(phone: Any):
    save(phone)
    Point.objects.update(phone="0590 000 999", as_of="2026-11-20T00:00Z")
    index.refresh()
    phone.context.clear_cookies()
    phone.add_init_script(SLOW)
    phone.goto(f"{PLACE}?moi")
    kept = phone.evaluate("() => localStorage.getItem('saved-places-v1')")
    assert "0590 000 999" in kept


CUT = """() => {
  const remove = caches.delete.bind(caches);
  caches.delete = (name) => remove(name).then(() => new Promise(() => {}));
}"""


def test_a_page_left_at_once_still_takes_the_list_away(phone: Any):
    sessions.end_all(signed_in_with_a_place(phone))
    phone.add_init_script(f"if (window.caches) ({CUT})()")  # left as soon as the mark is gone
    phone.goto("/tro-giup")
    phone.wait_for_function("() => localStorage.getItem('saved-places-v1') === null")


# A page asked for before arrives while the worker is about to forget, and the worker is slow in looking.
LATE_PAGE = """async () => {
  const real = caches.has.bind(caches);
  caches.has = async (name) => { await new Promise((done) => setTimeout(done, 500)); return real(name); };
  const late = new Response("", { headers: { "X-Offline": "keep" } });
  await Promise.all([remember(new URL("/the", location), late, forgotten), forget()]);
  return [await real("emptied-v1"), await real("personal-v1")];
}"""


def test_a_page_that_comes_late_does_not_hide_that_there_was_somebody(phone: Any):
    signed_in_with_a_place(phone)
    (worker,) = phone.context.service_workers
    assert worker.evaluate(LATE_PAGE) == [True, False]
