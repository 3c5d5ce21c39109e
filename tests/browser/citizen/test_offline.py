"""The card and the participation without a network: kept after sign-in, gone after signing out."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.waiting import until
from tests.making.families import add_child_coverage, make_link, make_member
from vssid.domain.accounts.models.accounts import Session
from vssid.domain.accounts.sign_in import sessions
from vssid.web.citizen.tests.cast import LAN, PASSWORD, WORKER, browser, make_worker, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LISTS = {"/", "/the", "/the/ma", "/qua-trinh", "/qua-trinh/bhtn", "/qua-trinh/bhyt"}
LISTS |= {"/thong-tin-huong", "/so-kham-chua-benh", "/ca-nhan"}
STORED = """async () => {
  if (!await caches.has("personal-v1")) return [];
  return (await (await caches.open("personal-v1")).keys()).map((kept) => new URL(kept.url).pathname);
}"""
EVERYTHING = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const kept of await cache.keys()) texts.push(await (await cache.match(kept)).text());
  }
  return texts.join("") + JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage});
}"""


@pytest.fixture
def lan(phone: Any) -> Any:
    """Lan's phone right after sign-in, the service worker done with storing."""
    person_id = make_worker()
    phone.person_id = person_id
    phone.goto("/dang-nhap")
    enter(phone)
    until_stored(phone, LISTS)
    return phone


def enter(page: Any) -> None:
    page.get_by_label("Mã số BHXH/Số ĐDCN/CCCD").fill(LAN)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nguyễn Thị Lan")


def until_stored(page: Any, paths: set[str]) -> None:
    """Wait until at least these pages are kept, or, for no paths, until none is."""
    for _try in range(150):
        kept = set(page.evaluate(STORED))
        if paths <= kept if paths else not kept:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"kept: {sorted(kept)}, expected: {sorted(paths)}")


def test_the_card_opens_offline_although_it_was_never_visited(lan):
    lan.context.set_offline(True)
    lan.goto("/the")
    expect(lan.get_by_role("heading", level=1)).to_have_text("Thẻ bảo hiểm y tế")
    expect(lan.locator(".wcard .name")).to_have_text("NGUYỄN THỊ LAN")
    expect(lan.locator(".stored")).to_contain_text("Đang xem bản đã lưu trên máy")
    expect(lan.locator(".stored")).to_contain_text("xác nhận lúc")


def test_a_childs_card_opens_offline_and_lies_one_swipe_from_the_own(phone):
    guardian = make_worker()
    make_member(WORKER)
    _guardian, link_id = make_link(guardian, now=timezone.now())
    add_child_coverage()
    phone.goto("/dang-nhap")
    enter(phone)
    until_stored(phone, {"/the", f"/con/{link_id}", f"/con/{link_id}/the/ma"})
    phone.context.set_offline(True)
    phone.goto(f"/con/{link_id}/the/ma")
    expect(phone.locator(".holder h2")).to_have_text("TRẦN BẢO AN")
    expect(phone.locator(".qr svg")).to_be_visible()
    phone.goto("/")
    phone.get_by_role("link", name="Mở mã QR, thẻ của NGUYỄN THỊ LAN").focus()
    phone.keyboard.press("Tab")
    expect(phone.locator(".wallet .wcard").nth(1)).to_be_in_viewport(ratio=0.9)


def test_the_qr_and_the_look_of_the_page_are_there_offline(lan):
    lan.context.set_offline(True)
    lan.goto("/the/ma")
    expect(lan.locator("#chinh-thuc .qr svg")).to_be_visible()
    assert lan.locator("#chinh-thuc .qr").bounding_box()["width"] > 250
    assert lan.locator(".holder h2").evaluate("(it) => getComputedStyle(it).textAlign") == "center"


def test_offline_links_lead_from_home_to_history_to_a_period_and_back(lan):
    until_stored(lan, {"/qua-trinh/bhxh/2"})
    lan.context.set_offline(True)
    lan.goto("/")
    lan.get_by_role("link", name="Quá trình tham gia").click()
    expect(lan.locator(".total")).to_contain_text("8")
    lan.locator("a.period").first.click()
    expect(lan.get_by_role("heading", level=1)).to_contain_text("Chi tiết")
    lan.get_by_role("link", name="Quay lại").click()
    lan.get_by_role("link", name="bảo hiểm thất nghiệp").click()
    expect(lan.locator(".of")).to_contain_text("bảo hiểm thất nghiệp")


@pytest.mark.parametrize("status", [200, 403, 404, 451, 502])
def test_what_a_network_between_answers_hides_no_stored_card_and_takes_none_away(lan, status):
    def answer(route):
        route.fulfill(status=status, content_type="text/html", body="<h1>Café Wi-Fi</h1>")

    lan.context.route("**/the", answer)
    lan.goto("/the")
    expect(lan.locator(".wcard .name")).to_have_text("NGUYỄN THỊ LAN")
    assert set(lan.evaluate(STORED)) >= LISTS


def test_answers_lost_while_the_sessions_secret_changes_sign_nobody_out_and_empty_no_device(lan):
    until_stored(lan, {"/qua-trinh/bhxh/1", "/qua-trinh/bhxh/2"})  # so that storing asks nothing more
    lan.context.route("**/chan-dung", lambda route: route.abort())
    Session.objects.update(rotated_at=timezone.now() - timedelta(hours=25))
    lan.context.route("**/the", lambda route: (route.fetch(), route.abort("connectionreset")))
    lan.goto("/the")
    expect(lan.locator(".stored")).to_be_visible()
    assert Session.objects.filter(offered_hash__isnull=False).count() == 1
    lan.context.unroute("**/the")
    lan.goto("/the")
    expect(lan.locator(".wcard .name")).to_have_text("NGUYỄN THỊ LAN")
    expect(lan.locator(".stored")).to_be_hidden()
    lan.goto("/qua-trinh")
    assert not Session.objects.filter(offered_hash__isnull=False).exists()
    assert set(lan.evaluate(STORED)) >= LISTS


def test_a_page_lost_while_storing_is_stored_in_a_second_try(phone):
    make_worker()
    lost = []

    def lose(route):
        if lost:
            return route.continue_()
        lost.append(route.request.url)
        return route.abort("connectionreset")

    phone.goto("/dang-nhap")
    phone.context.route("**/qua-trinh/bhyt", lose)
    enter(phone)
    until_stored(phone, LISTS)
    assert lost


@pytest.mark.parametrize("again", ["the next page", "the network"])
def test_a_page_lost_in_both_tries_is_stored_when_there_is_a_network_again(phone, again):
    make_worker()
    phone.goto("/dang-nhap")
    phone.context.route("**/qua-trinh/bhyt", lambda route: route.abort("connectionreset"))
    enter(phone)
    until(phone, "() => (sessionStorage.getItem('lost') || '').endsWith(' /qua-trinh/bhyt')")
    assert "/qua-trinh/bhyt" not in phone.evaluate(STORED)
    phone.context.unroute("**/qua-trinh/bhyt")
    phone.clock.set_fixed_time(timezone.now() + timedelta(minutes=2))
    if again == "the network":
        phone.evaluate("dispatchEvent(new Event('online'))")
    else:
        phone.goto("/ca-nhan")
    until_stored(phone, LISTS)


def test_signing_out_leaves_nothing_personal_on_the_device(lan):
    lan.goto("/ca-nhan")
    lan.get_by_role("button", name="Đăng xuất").click()
    expect(lan.get_by_role("heading", level=1)).to_have_text("Đã đăng xuất")
    until_stored(lan, set())
    left = lan.evaluate(EVERYTHING)
    for words in ("Lan", LAN, "0100 000 001", "Sao Mai", "0912"):
        assert words not in left
    lan.context.set_offline(True)
    for path in ("/", "/the", "/the/ma", "/qua-trinh"):
        lan.goto(path)
        expect(lan.get_by_role("heading", level=1)).to_have_text("Không có mạng")
    lan.go_back()
    expect(lan.locator("body")).not_to_contain_text("Nguyễn Thị Lan")


def test_a_session_ended_elsewhere_empties_the_device_at_the_next_visit(lan):
    sessions.end_all(lan.person_id)
    lan.goto("/the")
    expect(lan.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    until_stored(lan, set())
    lan.context.set_offline(True)
    lan.goto("/the")
    expect(lan.get_by_role("heading", level=1)).to_have_text("Không có mạng")


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


def test_a_session_ended_on_another_device_empties_this_one_whatever_page_is_asked_for(lan):
    end_all_but(elsewhere())
    lan.goto("/tro-giup")
    expect(lan.get_by_role("heading", level=1)).to_have_text("Trợ giúp")
    until_stored(lan, set())
    lan.context.set_offline(True)
    for path in LISTS:
        lan.goto(path)
        expect(lan.get_by_role("heading", level=1)).to_have_text("Không có mạng")


def test_on_a_slow_network_an_ended_session_takes_the_stored_page_out_of_view(lan, monkeypatch):
    end_all_but(elsewhere())
    at_once, seen = sessions.resolve, threading.Event()

    def late(token, **more):
        seen.wait(30)  # the service worker's patience ends before
        return at_once(token, **more)

    monkeypatch.setattr(sessions, "resolve", late)
    lan.goto("/the")
    expect(lan.locator(".wcard .name")).to_have_text("NGUYỄN THỊ LAN")
    seen.set()
    expect(lan.get_by_role("heading", level=1)).to_have_text("Đăng nhập", timeout=20_000)
    until_stored(lan, set())


def test_storing_ahead_with_an_ended_session_empties_the_device(lan):
    sessions.end_all(lan.person_id)
    lan.evaluate(
        """async () => (await navigator.serviceWorker.ready).active.postMessage(
          { type: "warm", paths: ["/the", "/the/ma"] })"""
    )
    until_stored(lan, set())


def test_the_app_opened_anew_without_a_network_starts_and_shows_the_code(lan):
    context = lan.context
    lan.close()
    context.set_offline(True)
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nguyễn Thị Lan")
    page.get_by_role("link", name="Mở mã QR").click()
    expect(page.locator(".qr svg")).to_be_visible()
    expect(page.locator(".outdated")).to_be_hidden()


@pytest.mark.parametrize("path", ["/the", "/the/ma", "/qua-trinh"])
def test_after_thirty_days_a_stored_page_calls_itself_out_of_date(lan, path):
    lan.context.set_offline(True)
    lan.clock.set_fixed_time(timezone.now() + timedelta(days=29))
    lan.goto(path)
    expect(lan.locator(".stored")).to_contain_text("29 ngày trước")
    expect(lan.locator(".outdated")).to_be_hidden()
    lan.clock.set_fixed_time(timezone.now() + timedelta(days=31))
    lan.goto(path)
    expect(lan.locator(".outdated")).to_contain_text("hơn 30 ngày")
    expect(lan.locator(".outdated")).to_contain_text("mở lại khi có mạng")


def test_how_long_a_copy_is_fresh_is_a_setting(lan, settings):
    settings.RECORD_FRESH_DAYS = 2
    lan.goto("/the")
    lan.clock.set_fixed_time(timezone.now() + timedelta(days=3))
    # Left open, and looked at again: nothing is loaded, the page says it all the same.
    lan.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(lan.locator(".outdated")).to_contain_text("hơn 2 ngày")


def test_a_full_phone_still_shows_pages(lan, live_server):
    session = lan.context.new_cdp_session(lan)
    session.send("Storage.overrideQuotaForOrigin", {"origin": live_server.url, "quotaSize": 1})
    lan.goto("/qua-trinh/bhyt/1")
    expect(lan.get_by_role("heading", level=1)).to_contain_text("Chi tiết")
    expect(lan.locator(".stored")).to_be_hidden()
    assert "/qua-trinh/bhyt/1" not in lan.evaluate(STORED)


def test_after_signing_in_again_in_the_same_tab_the_pages_are_kept_again(lan):
    sessions.end_all(lan.person_id)
    lan.goto("/the")
    until_stored(lan, set())
    lan.goto("/dang-nhap")
    enter(lan)
    until_stored(lan, LISTS)


def test_a_stored_page_signs_out_after_the_network_is_back(lan):
    lan.context.set_offline(True)
    lan.goto("/ca-nhan")
    lan.context.set_offline(False)
    lan.get_by_role("button", name="Đăng xuất").click()
    expect(lan.get_by_role("heading", level=1)).to_have_text("Đã đăng xuất")
    until_stored(lan, set())


def test_signing_out_without_a_network_empties_the_device_and_says_so(lan):
    lan.context.set_offline(True)
    lan.goto("/ca-nhan")
    lan.get_by_role("button", name="Đăng xuất").click()
    expect(lan.get_by_role("heading", level=1)).to_have_text("Không có mạng")
    until_stored(lan, set())
