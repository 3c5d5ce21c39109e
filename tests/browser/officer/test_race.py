"""Two officers in two browsers on one file: one wins, the other is told who and when, and nothing typed is
lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.test_every_page import session_of
from tests.making.registrations import make_officer, make_officer_account
from vssid.domain.audit.models import Event
from vssid.domain.registration import actions
from vssid.domain.registration.models import Application

from .test_ten_files import make_clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WRITTEN = "Mặt trước chụp bị lóa, hãy chụp lại."
# The answer of the other is not waited for.
PRESS = "() => { document.querySelector('[data-key=d]').click(); }"


@pytest.fixture
def two(chromium: Any, live_server: Any) -> tuple[Any, Any]:
    """Minh's and Ngọc's screens."""
    pages = []
    for username, name in (("minh", "Minh"), ("ngoc", "Ngọc")):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": 1280, "height": 900},
            service_workers="block",
            reduced_motion="reduce",
        )
        session = session_of(make_officer_account(username, name=name))
        context.add_cookies([{"name": "vssid-session", "value": session, "url": live_server.url}])
        pages.append(context.new_page())
    return pages[0], pages[1]


def open_file(page: Any, application: int) -> None:
    page.goto(f"/can-bo/ho-so/{application}")
    page.wait_for_load_state("load")


def take_over(page: Any) -> None:
    """The page of the file comes anew, with its buttons."""
    page.keyboard.press("h")
    expect(page.get_by_role("button", name="Duyệt và gửi mật khẩu")).to_be_visible()
    page.wait_for_load_state("load")


def clean_and_ready() -> int:
    """A file with nothing that speaks against it, its papers there."""
    [number] = make_clean(1)
    application_id, now = Application.objects.get(number=number).id, timezone.now()
    for done in (actions.receive_form, actions.see_original):
        done(application_id, by=make_officer(), now=now)
    return application_id


def test_one_wins_and_the_other_reads_who_and_when_with_the_own_words_still_there(
    two: tuple[Any, Any],
) -> None:
    minh, ngoc = two
    application = clean_and_ready()
    open_file(minh, application)
    open_file(ngoc, application)
    expect(ngoc.get_by_text(re.compile(r"Minh đang xử lý từ \d\d:\d\d"))).to_be_visible()
    minh.keyboard.press("t")
    minh.get_by_label("Lời nhắn cho người nộp").fill(WRITTEN)
    minh.locator(".decide [data-refuse] input[type=checkbox]").first.check()
    take_over(ngoc)
    minh.get_by_role("button", name="Từ chối và báo người nộp").click()
    expect(minh.get_by_text(re.compile(r"Ngọc đang xử lý hồ sơ này từ \d\d:\d\d"))).to_be_visible()
    assert minh.get_by_label("Lời bạn vừa viết, chưa gửi").input_value() == WRITTEN
    ngoc.keyboard.press("d")
    expect(ngoc.get_by_role("heading", name="Kết quả")).to_be_visible()
    minh.get_by_role("button", name="Nhận về và gửi").click()
    expect(minh.get_by_text(re.compile(r"Ngọc đã duyệt hồ sơ này lúc \d\d:\d\d"))).to_be_visible()
    assert minh.get_by_label("Lời bạn vừa viết, chưa gửi").input_value() == WRITTEN
    assert Application.objects.get().state == "approved"


def test_both_press_at_once_and_the_file_is_decided_once(two: tuple[Any, Any]) -> None:
    minh, ngoc = two
    application = clean_and_ready()
    open_file(minh, application)
    open_file(ngoc, application)
    take_over(ngoc)
    for page in two:
        page.evaluate(PRESS)
    expect(ngoc.get_by_role("heading", name="Kết quả")).to_be_visible()
    told = minh.get_by_role("alert").filter(has_text=re.compile(r"Ngọc (đang xử lý|đã duyệt) hồ sơ này"))
    expect(told).to_be_visible()
    assert Event.objects.filter(kind="application.approved").count() == 1
    assert Event.objects.get(kind="application.approved").actor_name == "Ngọc"
