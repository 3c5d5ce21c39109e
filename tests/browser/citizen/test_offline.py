"""The card and the participation without a network: kept after sign-in, gone after signing out.

Storing all pages of a person takes seconds, so each test here is a long way with one phone.
"""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.road import Road
from tests.browser.waiting import until, worker_of
from vssid.domain.accounts.models.accounts import Session
from vssid.domain.accounts.sign_in import sessions
from vssid.web.citizen.tests.cast import LAN, PASSWORD, browser, make_worker, sign_in
from vssid.web.ui import cookies

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LISTS = {"/", "/the", "/the/ma", "/qua-trinh", "/qua-trinh/bhtn", "/qua-trinh/bhyt"}
LISTS |= {"/thong-tin-huong", "/so-kham-chua-benh", "/ca-nhan"}
STORED = """async () => {
  if (!await caches.has("personal-v1")) return [];
  return (await (await caches.open("personal-v1")).keys()).map((kept) => new URL(kept.url).pathname);
}"""
HAVE = f"""async (paths) => {{
  const kept = await ({STORED})();
  return paths.length ? paths.every((path) => kept.includes(path)) : !kept.length;
}}"""
EVERYTHING = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const kept of await cache.keys()) texts.push(await (await cache.match(kept)).text());
  }
  return texts.join("") + JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage});
}"""
# The worker's patience with a slow network, four seconds, becomes a moment.
HURRY = """() => {
  const real = self.setTimeout;
  self.setTimeout = (act, ms, ...more) => real(act, ms / 20, ...more);
}"""
ASK_TO_STORE = """async (paths) => {
  (await navigator.serviceWorker.ready).active.postMessage({ type: "warm", paths });
}"""
ONE = "/qua-trinh/bhyt"
DROP_ONE = f"async () => (await caches.open('personal-v1')).delete('{ONE}')"
IS_LOST = f"() => (sessionStorage.getItem('lost') || '').endsWith(' {ONE}')"


@pytest.fixture
def lans(phone: Any, live_server: Any) -> Any:
    """Lan's phone before its first page."""
    phone.url_base, phone.person_id = live_server.url, make_worker()
    return phone


@pytest.fixture
def lan(lans: Any) -> Any:
    """Lan's phone right after sign-in, the service worker done with storing."""
    come_in(lans)
    return lans


def come_in(page: Any, paths: set[str] = LISTS) -> None:
    """Sign in by the session alone, and wait until the pages are stored."""
    token = sessions.start(page.person_id, device="Chrome · Android", proved_at=None, now=timezone.now())
    page.context.add_cookies([{"name": cookies.SESSION, "value": token, "url": page.url_base}])
    page.goto("/")
    until_stored(page, paths)


def enter(page: Any) -> None:
    """Sign in by the form."""
    page.get_by_label("Mã số BHXH/Số ĐDCN/CCCD").fill(LAN)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    shows(page, "Nguyễn Thị Lan")


def shows(page: Any, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading, timeout=20_000)


def until_stored(page: Any, paths: set[str]) -> None:
    """Wait until at least these pages are kept, or, for no paths, until none is."""
    until(page, HAVE, sorted(paths))


def hurry(page: Any) -> None:
    """Let the worker lose its patience soon. One that is started anew has all of it: it takes longer then."""
    worker_of(page).evaluate(HURRY)


def sign_out(page: Any, heading: str = "Đã đăng xuất") -> None:
    page.get_by_role("button", name="Đăng xuất").click()
    shows(page, heading)
    until_stored(page, set())


# --- without a network ---------------------------------------------------------------------


def test_what_is_stored_at_sign_in_outlives_any_network_and_goes_at_signing_out(lans):
    lan, card, portrait = lans, Road(lans.context, "**/the"), Road(lans.context, "**/chan-dung")
    come_in(lan, LISTS | {"/qua-trinh/bhxh/1", "/qua-trinh/bhxh/2"})  # so that storing asks nothing more
    answers_lost_while_the_sessions_secret_changes_sign_nobody_out(lan, card, portrait)
    what_a_network_between_answers_hides_no_stored_card(lan, card)
    a_full_phone_still_shows_pages(lan)
    lan.context.set_offline(True)
    the_card_and_its_code_open_although_they_were_never_visited(lan)
    links_lead_from_home_to_history_to_a_period_and_back(lan)
    page = the_app_opened_anew_starts_and_shows_the_code(lan)
    after_thirty_days_each_page_calls_itself_out_of_date(page)
    page.clock.set_fixed_time(timezone.now())
    page.goto("/ca-nhan")
    page.context.set_offline(False)
    sign_out(page)  # by the button of a stored page
    nothing_personal_is_left(page)


def answers_lost_while_the_sessions_secret_changes_sign_nobody_out(page, card, portrait):
    portrait.lose()
    Session.objects.update(rotated_at=timezone.now() - timedelta(hours=25))
    card.lead(lambda route: (route.fetch(), route.abort("connectionreset")))
    page.goto("/the")
    expect(page.locator(".stored")).to_be_visible()
    assert Session.objects.filter(offered_hash__isnull=False).count() == 1
    card.open()
    page.goto("/the")
    expect(page.locator(".wcard .name")).to_have_text("NGUYỄN THỊ LAN")
    expect(page.locator(".stored")).to_be_hidden()
    page.goto("/qua-trinh")
    assert not Session.objects.filter(offered_hash__isnull=False).exists()
    assert set(page.evaluate(STORED)) >= LISTS
    portrait.open()


def what_a_network_between_answers_hides_no_stored_card(page, card):
    statuses, answered = (200, 403, 404, 451, 502), []

    def answer(route):
        answered.append(statuses[len(answered)])
        route.fulfill(status=answered[-1], content_type="text/html", body="<h1>Café Wi-Fi</h1>")

    card.lead(answer)
    for status in statuses:
        page.goto("/the")
        assert answered[-1] == status
        expect(page.locator(".wcard .name")).to_have_text("NGUYỄN THỊ LAN")
        assert set(page.evaluate(STORED)) >= LISTS, status
    card.open()


def a_full_phone_still_shows_pages(page):
    tools, origin = page.context.new_cdp_session(page), {"origin": page.url_base}
    tools.send("Storage.overrideQuotaForOrigin", origin | {"quotaSize": 1})
    page.goto("/qua-trinh/bhyt/1")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chi tiết")
    expect(page.locator(".stored")).to_be_hidden()
    assert "/qua-trinh/bhyt/1" not in page.evaluate(STORED)
    tools.send("Storage.overrideQuotaForOrigin", origin)


def the_card_and_its_code_open_although_they_were_never_visited(page):
    page.goto("/the/ma")
    expect(page.locator("#chinh-thuc .qr svg")).to_be_visible()
    assert page.locator("#chinh-thuc .qr").bounding_box()["width"] > 250
    assert page.locator(".holder h2").evaluate("(it) => getComputedStyle(it).textAlign") == "center"
    page.goto("/the")
    shows(page, "Thẻ bảo hiểm y tế")
    expect(page.locator(".wcard .name")).to_have_text("NGUYỄN THỊ LAN")
    expect(page.locator(".stored")).to_contain_text("Đang xem bản đã lưu trên máy")
    expect(page.locator(".stored")).to_contain_text("xác nhận lúc")


def links_lead_from_home_to_history_to_a_period_and_back(page):
    page.goto("/")
    page.get_by_role("link", name="Quá trình tham gia").click()
    expect(page.locator(".total")).to_contain_text("8")
    page.locator("a.period").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chi tiết")
    page.get_by_role("link", name="Quay lại").click()
    page.get_by_role("link", name="bảo hiểm thất nghiệp").click()
    expect(page.locator(".of")).to_contain_text("bảo hiểm thất nghiệp")


def the_app_opened_anew_starts_and_shows_the_code(page):
    context, base = page.context, page.url_base
    page.close()
    page = context.new_page()
    page.url_base = base
    page.goto("/")
    shows(page, "Nguyễn Thị Lan")
    page.get_by_role("link", name="Mở mã QR").click()
    expect(page.locator(".qr svg")).to_be_visible()
    expect(page.locator(".outdated")).to_be_hidden()
    return page


def after_thirty_days_each_page_calls_itself_out_of_date(page):
    for path in ("/the", "/the/ma", "/qua-trinh"):
        page.clock.set_fixed_time(timezone.now() + timedelta(days=29))
        page.goto(path)
        expect(page.locator(".stored")).to_contain_text("29 ngày trước")
        expect(page.locator(".outdated")).to_be_hidden()
        page.clock.set_fixed_time(timezone.now() + timedelta(days=31))
        page.goto(path)
        expect(page.locator(".outdated")).to_contain_text("hơn 30 ngày")
        expect(page.locator(".outdated")).to_contain_text("mở lại khi có mạng")


def nothing_personal_is_left(page):
    left = page.evaluate(EVERYTHING)
    for words in ("Lan", LAN, "0100 000 001", "Sao Mai", "0912"):
        assert words not in left
    page.context.set_offline(True)
    for path in ("/", "/the", "/the/ma", "/qua-trinh"):
        page.goto(path)
        shows(page, "Không có mạng")
    page.go_back()
    expect(page.locator("body")).not_to_contain_text("Nguyễn Thị Lan")


# --- what the network loses ----------------------------------------------------------------


def test_pages_lost_while_storing_are_stored_when_the_network_is_better(phone, settings):
    phone.person_id, lost = make_worker(), []

    def lose_once(route):
        if lost:
            return route.continue_()
        lost.append(route.request.url)
        return route.abort("connectionreset")

    road = Road(phone.context, f"**{ONE}")
    road.lead(lose_once)
    phone.goto("/dang-nhap")
    hurry(phone)
    enter(phone)
    until_stored(phone, LISTS)  # in a second try
    assert lost
    for minutes, comes_back in ((2, "the network"), (4, "the next page")):
        lost_in_both_tries(phone, road)
        phone.clock.set_fixed_time(timezone.now() + timedelta(minutes=minutes))
        if comes_back == "the network":
            phone.evaluate("dispatchEvent(new Event('online'))")
        else:
            phone.goto("/ca-nhan")
        until_stored(phone, LISTS)
    how_long_a_copy_is_fresh_is_a_setting(phone, settings)
    phone.context.set_offline(True)
    phone.goto("/ca-nhan")
    sign_out(phone, "Không có mạng")


def lost_in_both_tries(page, road):
    road.lose()
    page.evaluate(DROP_ONE)
    page.evaluate(ASK_TO_STORE, [ONE])
    until(page, IS_LOST)
    assert ONE not in page.evaluate(STORED)
    road.open()


def how_long_a_copy_is_fresh_is_a_setting(page, settings):
    settings.RECORD_FRESH_DAYS = 2
    page.goto("/the?moi")  # in no store: from the server, however slow it is
    page.clock.set_fixed_time(timezone.now() + timedelta(days=3))
    # Left open, and looked at again: nothing is loaded, the page says it all the same.
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".outdated")).to_contain_text("hơn 2 ngày")


# --- the session ends ----------------------------------------------------------------------


def test_a_device_whose_session_was_ended_forgets_at_its_next_contact(lan):
    sessions.end_all(lan.person_id)
    lan.goto("/the")
    shows(lan, "Đăng nhập")
    has_forgotten(lan, {"/the"})
    lan.goto("/dang-nhap")
    until(lan, "() => !sessionStorage.getItem('warmed')")
    enter(lan)
    until_stored(lan, LISTS)  # signed in again in the same tab: kept again

    end_all_but(elsewhere())
    lan.goto("/tro-giup")  # whatever page is asked for
    shows(lan, "Trợ giúp")
    has_forgotten(lan, LISTS)
    until(lan, "() => !sessionStorage.getItem('warmed')")

    come_in(lan)
    sessions.end_all(lan.person_id)
    lan.evaluate(ASK_TO_STORE, ["/the", "/the/ma"])
    until_stored(lan, set())


def has_forgotten(page, paths):
    until_stored(page, set())
    page.context.set_offline(True)
    for path in paths:
        page.goto(path)
        shows(page, "Không có mạng")
    page.context.set_offline(False)


def elsewhere() -> Client:
    """Lan's other device, signed in."""
    client = browser("203.0.113.77")
    assert sign_in(client).status_code == 302
    return client


def end_all_but(client: Client) -> None:
    """End every other session on the page of devices, as its owner does."""
    page = client.get("/thiet-bi")
    for device in page.context["devices"]:
        assert client.post("/thiet-bi", {"id": device.id}).status_code == 302


def test_on_a_slow_network_an_ended_session_takes_the_stored_page_out_of_view(lan, monkeypatch):
    hurry(lan)
    end_all_but(elsewhere())
    at_once, seen = sessions.resolve, threading.Event()

    def late(token, **more):
        seen.wait(30)  # the service worker's patience ends before
        return at_once(token, **more)

    monkeypatch.setattr(sessions, "resolve", late)
    lan.goto("/the")
    expect(lan.locator(".wcard .name")).to_have_text("NGUYỄN THỊ LAN")
    seen.set()
    shows(lan, "Đăng nhập")
    until_stored(lan, set())
