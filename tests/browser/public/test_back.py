"""The back key after signing out: a browser that keeps whole pages (Safari) shows none that is over.

Chromium under test keeps no pages; it is told that one came back, as Safari says it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.citizen.test_offline import STORED, shows, until_stored
from tests.browser.stored import come, take
from tests.browser.waiting import until
from tests.making.registrations import make_draft
from vssid.domain.accounts.sign_in import sessions
from vssid.web.citizen.tests.cast import make_worker
from vssid.web.officer.tests import desk
from vssid.web.public.registration import file_cookie

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COMES_BACK = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
IS_SEEN_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"
RETURNS = (COMES_BACK, IS_SEEN_AGAIN)
# The page has asked whose the device is, and has done what the answer says.
LISTEN = """() => {
  const real = (window.plain ??= window.fetch);
  window.answered = 0;
  window.fetch = (...asked) => real(...asked).finally(() => {
    if (String(asked[0]) === document.body.dataset.ask) setTimeout(() => { window.answered += 1; });
  });
}"""
HAS_ANSWERED = "async (times) => window.answered === times && !await caches.has('none')"


@pytest.fixture
def lan(phone: Any, live_server: Any) -> Any:
    """Lan's phone with her card in view and stored."""
    take(phone, live_server.url, make_worker())
    come(phone)
    return phone


def shows_the_card_still(page: Any, *events: str) -> None:
    """Each event is answered, and the page and what is stored stay as they are."""
    page.evaluate(LISTEN)
    for times, event in enumerate(events, 1):
        page.evaluate(event)
        until(page, HAS_ANSWERED, times)
        expect(page.locator(".wcard .name")).to_have_text("NGUYỄN THỊ LAN")
    assert "/the" in page.evaluate(STORED)


def shows_nothing_of_lan(page: Any, heading: str) -> None:
    shows(page, heading)
    expect(page.locator("body")).not_to_contain_text("LAN")


def test_a_page_whose_session_lives_stays(lan):
    shows_the_card_still(lan, *RETURNS)
    wipes, answers = {"X-Offline": "wipe", "X-Whose": "- -"}, iter((200, 204, 401, 502))
    lan.context.route("**/phien", lambda route: route.fulfill(status=next(answers), headers=wipes))
    shows_the_card_still(lan, *[COMES_BACK] * 4)  # a network between answers
    assert next(answers, None) is None
    lan.context.unroute("**/phien")
    lan.context.set_offline(True)
    lan.goto("/the")
    shows_the_card_still(lan, *RETURNS)


def test_a_page_of_somebody_else_who_was_signed_in_before_shows_who_is_now(lan):
    whose = {"X-Served-By": "vssid", "X-Whose": "0123456789abcdef -"}
    lan.context.route("**/phien", lambda route: route.fulfill(status=204, headers=whose))
    with lan.expect_navigation():
        lan.evaluate(COMES_BACK)
    assert "/the" in lan.evaluate(STORED)


def test_a_page_whose_session_is_over_empties_itself_and_the_device(lan):
    for event in RETURNS:
        sessions.end_all(lan.person_id)  # elsewhere
        lan.evaluate(event)
        shows_nothing_of_lan(lan, "Đã đăng xuất")
        until_stored(lan, set())
        come(lan)
    for event in RETURNS:
        other = lan.context.new_page()
        other.goto("/ca-nhan")
        sign_out(other, "Đã đăng xuất")
        lan.context.route("**/phien", lambda _route: None)  # no answer is waited for
        lan.evaluate(event)
        shows_nothing_of_lan(lan, "Đã đăng xuất")
        lan.context.unroute("**/phien")
        come(lan)


def sign_out(page: Any, heading: str) -> None:
    """In another tab, which is closed after it."""
    page.get_by_role("button", name="Đăng xuất").click()
    shows(page, heading)
    page.close()


def test_without_a_network_a_page_goes_when_the_pages_were_wiped_or_somebody_signed_out(lan):
    for event in RETURNS:
        lan.context.set_offline(True)
        lan.evaluate("caches.delete('personal-v1')")
        lan.evaluate(event)
        shows_nothing_of_lan(lan, "Không có mạng")
        lan.context.set_offline(False)
        come(lan)
    for event in RETURNS:
        other = lan.context.new_page()
        other.goto("/ca-nhan")
        lan.context.set_offline(True)
        sign_out(other, "Không có mạng")
        lan.evaluate(event)
        shows_nothing_of_lan(lan, "Không có mạng")
        lan.context.set_offline(False)
        come(lan)


def test_an_officers_page_empties_itself_after_the_session(sight, live_server):
    minh = desk.minh()
    sight.context.add_cookies(
        [
            {"name": name, "value": morsel.value, "url": live_server.url}
            for name, morsel in minh.cookies.items()
        ]
    )
    sight.goto("/can-bo")
    sessions.end_all(int(minh.cookies["vssid-session"].value.split(".")[0]))
    sight.evaluate(COMES_BACK)
    expect(sight).to_have_url(f"{live_server.url}/can-bo/dang-nhap")


def test_a_file_closed_on_a_shared_device_does_not_come_back(sight, live_server):
    host = urlsplit(live_server.url).hostname
    sight.context.add_cookies(
        [{"name": file_cookie.COOKIE, "value": make_draft(), "domain": host, "path": file_cookie.path()}]
    )
    sight.goto("/dang-ky/xem-lai")
    sight.evaluate(LISTEN)
    sight.evaluate(COMES_BACK)
    until(sight, HAS_ANSWERED, 1)
    expect(sight.locator("body")).to_contain_text("Nguyễn Thị Lan")
    sight.context.clear_cookies(name=file_cookie.COOKIE)
    sight.evaluate(COMES_BACK)
    expect(sight.locator("body")).not_to_contain_text("Nguyễn Thị Lan")
