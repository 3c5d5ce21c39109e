"""Ways through the pages in English: what is refused, done, searched; test_every_page has each page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.browser.english import left_in_vietnamese
from tests.making.registrations import (
    BINH,
    make_application,
    make_draft,
    make_office,
    make_officer,
    make_officer_account,
    make_person,
    make_ready,
)
from tests.making.registrations import LAN as REGISTERED
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.registration import actions
from vssid.web.citizen.tests.cast import LAN, PASSWORD, make_activating, make_worker
from vssid.web.public.registration import file_cookie
from vssid.web.ui import cookies

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def look(page: Any, path: str) -> None:
    """Open the page; it must be English, fit the phone and please axe."""
    page.goto(path)
    check(page)


def check(page: Any) -> None:
    here = page.url
    assert page.locator("html").get_attribute("lang") == "en", here
    assert left_in_vietnamese(page) == [], here
    assert page.evaluate(TOO_WIDE) <= 0, f"{here} is wider than the screen"
    assert findings(page) == [], here


@pytest.fixture
def english(sight: Any, live_server: Any) -> Any:
    """A phone whose owner has chosen English."""
    sight.context.add_cookies([{"name": cookies.LANGUAGE, "value": "en", "url": live_server.url}])
    return sight


def hold(page: Any, token: str) -> None:
    """Let the phone hold a draft."""
    cookie = {"name": file_cookie.COOKIE, "value": token, "domain": "localhost", "path": file_cookie.path()}
    page.context.add_cookies([cookie])


def enter(page: Any, person_id: int) -> None:
    """Sign in without the form."""
    token = sessions.start(person_id, device="Chrome · Android", proved_at=timezone.now(), now=timezone.now())
    page.context.add_cookies([{"name": cookies.SESSION, "value": token, "domain": "localhost", "path": "/"}])


def test_the_switch_brings_you_to_the_page_in_the_other_language_and_back(sight):
    sight.goto("/tro-giup")
    sight.locator("footer").get_by_role("button", name="English").click()
    expect(sight.locator("html")).to_have_attribute("lang", "en")
    expect(sight.get_by_role("heading", level=1)).to_have_text("Help")
    sight.locator("footer").get_by_role("button", name="Tiếng Việt").click()
    expect(sight.get_by_role("heading", level=1)).to_have_text("Trợ giúp")
    expect(sight.locator("html")).to_have_attribute("lang", "vi")


def test_what_a_registration_refuses_is_said_in_english(english):
    make_office()
    english.goto("/dang-ky/ban-than")
    english.get_by_role("button", name="Continue").last.click()
    expect(english.locator(".summary")).to_be_visible()
    check(english)


def test_the_file_of_an_applicant_is_english(english):
    make_person()
    hold(english, make_draft(now=timezone.now()))
    english.goto("/dang-ky/xem-lai")
    english.locator("#id_commitment").check()
    english.get_by_role("button", name="Send the application").click()
    expect(english.get_by_role("heading", level=1)).to_contain_text("Application")
    for path in ("/dang-ky/ho-so", "/dang-ky/ho-so/rut"):
        look(english, path)


def test_a_wrong_password_is_said_in_english(english):
    make_worker()
    english.goto("/dang-nhap")
    english.get_by_label("BHXH code").fill(LAN)
    english.get_by_label("Password", exact=True).fill("khong phai")
    english.get_by_role("button", name="Sign in", exact=True).click()
    expect(english.locator(".summary")).to_contain_text("is not right")
    check(english)


def test_the_first_password_page_is_english_while_typing(english):
    person_id, _ = make_activating()
    enter(english, person_id)
    english.goto("/dat-mat-khau")
    english.get_by_label("New password", exact=True).fill(PASSWORD)
    expect(english.locator("[data-strength]")).to_have_text(re.compile("^(Hard|Very hard|Good)"))
    check(english)


@pytest.fixture
def desk(english: Any) -> Any:
    """Minh's console in English."""
    enter(english, make_officer_account("minh", name="Minh"))
    return english


def test_a_search_that_finds_nothing_is_english(desk):
    make_application(REGISTERED, now=timezone.now())
    desk.goto("/can-bo/ho-so")
    desk.locator("[data-scan]").fill("khong co ai")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Find an application")
    check(desk)


def test_what_an_officer_did_is_said_in_english(desk):
    now, minh = timezone.now(), make_officer()
    approved, refused = make_ready(REGISTERED, by=minh, now=now), make_application(BINH, now=now)
    actions.approve(approved, by=minh, now=now)
    actions.refuse(refused, reasons=["photo_unclear"], text="Chụp lại ảnh.", by=minh, now=now)
    for application in (approved, refused):
        look(desk, f"/can-bo/ho-so/{application}")
    look(desk, "/can-bo/ho-so?xem=da-xong")


def test_the_refusal_an_officer_starts_from_is_vietnamese_for_the_applicant(desk):
    desk.goto(f"/can-bo/ho-so/{make_application(REGISTERED, now=timezone.now())}")
    desk.get_by_text("Refuse…").click()
    desk.get_by_label("A photo is blurred, dark or cut off").check()
    expect(desk.get_by_label("Message to the applicant")).to_have_value(re.compile("Chụp lại ảnh"))
    check(desk)
