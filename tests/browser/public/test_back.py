"""The back key after signing out: a browser that keeps whole pages (Safari) shows none that is over.

Chromium under test keeps no pages; it is told that one came back, as Safari says it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.citizen.test_offline import LISTS, STORED, enter, until_stored
from tests.making.registrations import make_draft
from vssid.domain.accounts.sign_in import sessions
from vssid.web.citizen.tests.cast import make_worker
from vssid.web.officer.tests import desk
from vssid.web.public.registration import file_cookie

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COMES_BACK = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
IS_SEEN_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"
RETURNS = pytest.mark.parametrize("event", [COMES_BACK, IS_SEEN_AGAIN])


@pytest.fixture
def lan(phone: Any) -> Any:
    """Lan's phone with her card in view and her pages stored."""
    phone.person_id = make_worker()
    phone.goto("/dang-nhap")
    enter(phone)
    until_stored(phone, LISTS)
    phone.goto("/the")
    return phone


def shows_the_card(page: Any) -> None:
    page.wait_for_timeout(400)
    expect(page.locator(".wcard .name")).to_have_text("NGUYỄN THỊ LAN")


def shows_nothing_of_lan(page: Any, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading, timeout=20_000)
    expect(page.locator("body")).not_to_contain_text("LAN")


@RETURNS
def test_a_page_whose_session_was_ended_elsewhere_empties_itself_and_the_device(lan, event):
    sessions.end_all(lan.person_id)
    lan.evaluate(event)
    shows_nothing_of_lan(lan, "Đã đăng xuất")
    until_stored(lan, set())


@RETURNS
def test_a_page_whose_session_lives_stays(lan, event):
    lan.evaluate(event)
    shows_the_card(lan)
    assert set(lan.evaluate(STORED)) >= LISTS


@RETURNS
def test_a_page_from_before_signing_out_in_another_tab_is_empty_at_once(lan, event):
    other = lan.context.new_page()
    other.goto("/ca-nhan")
    other.get_by_role("button", name="Đăng xuất").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Đã đăng xuất")
    lan.context.route("**/phien", lambda _route: None)  # no answer is waited for
    lan.evaluate(event)
    shows_nothing_of_lan(lan, "Đã đăng xuất")


@RETURNS
def test_without_a_network_a_page_stays_while_pages_are_stored(lan, event):
    lan.context.set_offline(True)
    lan.evaluate(event)
    shows_the_card(lan)


@RETURNS
def test_without_a_network_a_page_goes_when_the_pages_were_wiped_meanwhile(lan, event):
    lan.wait_for_timeout(1000)  # what is still being stored would make the cache again
    lan.context.set_offline(True)
    lan.evaluate("caches.delete('personal-v1')")
    lan.evaluate(event)
    shows_nothing_of_lan(lan, "Không có mạng")


@RETURNS
def test_without_a_network_a_page_from_before_signing_out_goes(lan, event):
    lan.context.set_offline(True)
    other = lan.context.new_page()
    other.goto("/ca-nhan")
    other.get_by_role("button", name="Đăng xuất").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Không có mạng")
    lan.evaluate(event)
    shows_nothing_of_lan(lan, "Không có mạng")


@pytest.mark.parametrize("status", [200, 204, 401, 502])
def test_what_a_network_between_answers_empties_nothing(lan, status):
    wipes = {"X-Offline": "wipe", "X-Whose": "- -"}
    lan.context.route("**/phien", lambda route: route.fulfill(status=status, headers=wipes))
    lan.evaluate(COMES_BACK)
    shows_the_card(lan)


def test_a_page_of_somebody_else_who_was_signed_in_before_shows_who_is_now(lan):
    lan.context.route(
        "**/phien",
        lambda route: route.fulfill(
            status=204, headers={"X-Served-By": "vssid", "X-Whose": "0123456789abcdef -"}
        ),
    )
    with lan.expect_navigation():
        lan.evaluate(COMES_BACK)
    assert set(lan.evaluate(STORED)) >= LISTS


def test_an_officers_page_empties_itself_after_the_session(phone, live_server):
    minh = desk.minh()
    phone.context.add_cookies(
        [{"name": name, "value": one.value, "url": live_server.url} for name, one in minh.cookies.items()]
    )
    phone.goto("/can-bo")
    sessions.end_all(int(minh.cookies["vssid-session"].value.split(".")[0]))
    phone.evaluate(COMES_BACK)
    expect(phone).to_have_url(f"{live_server.url}/can-bo/dang-nhap")


def test_a_file_closed_on_a_shared_device_does_not_come_back(phone, live_server):
    host = urlsplit(live_server.url).hostname
    phone.context.add_cookies(
        [{"name": file_cookie.COOKIE, "value": make_draft(), "domain": host, "path": file_cookie.path()}]
    )
    phone.goto("/dang-ky/xem-lai")
    phone.evaluate(COMES_BACK)
    phone.wait_for_timeout(400)
    expect(phone.locator("body")).to_contain_text("Nguyễn Thị Lan")
    phone.context.clear_cookies(name=file_cookie.COOKIE)
    phone.evaluate(COMES_BACK)
    expect(phone.locator("body")).not_to_contain_text("Nguyễn Thị Lan")
