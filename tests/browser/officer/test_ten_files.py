"""Ten clean files are approved by the keyboard alone, from the sign-in on, at no more than four keys each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.looks import findings_in_both_themes, resize
from tests.browser.test_every_page import session_of
from tests.making import registrations
from tests.making.registrations import Someone, make_application, make_officer_account
from tests.making.staff import OWN_PASSWORD, code_now
from vssid.domain.audit.models import Event
from vssid.domain.identity.verdicts import Verdict
from vssid.domain.registration.models import Application

from . import scanner

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_KEYS = 4  # besides the scan


class Keys:
    """The only way this test acts on the page: keys, counted."""

    def __init__(self, page: Any) -> None:
        self.page, self.pressed = page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += 1

    def type_into(self, selector: str, text: str) -> None:
        """Go to a field by Tab and type."""
        for _step in range(40):
            if self.page.evaluate("(here) => document.activeElement?.matches(here)", selector):
                self.page.keyboard.type(text)
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"Tab does not lead to {selector}")


def person(number: int) -> Someone:
    """A woman of 1990 whose card says the same."""
    return Someone(
        bhxh_code=f"00000001{number:02d}",
        birth_date=date(1990, 1, 1 + number),
        id_number=f"0311900001{number:02d}",
        phone=f"+8491234{number:04d}",
    )


def make_clean(count: int) -> list[str]:
    """Applications with nothing that speaks against them; their numbers."""
    plain = registrations.looked_at

    def without_problems(kind: Any) -> Any:
        return replace(plain(kind), verdict=Verdict())

    now = timezone.now()
    with patch.object(registrations, "looked_at", without_problems):
        made = [make_application(person(number), now=now) for number in range(count)]
    return [Application.objects.get(id=application).number for application in made]


def sign_in(keys: Keys) -> None:
    page = keys.page
    page.goto("/can-bo")
    page.wait_for_load_state("load")
    keys.type_into("#id_username", "minh")
    keys.type_into("#id_password", OWN_PASSWORD)
    keys.press("Enter")
    page.wait_for_url("**/buoc-hai*")
    keys.type_into("[autocomplete=one-time-code]", code_now())
    keys.press("Enter")
    page.wait_for_url("**/can-bo")


def approve(keys: Keys, number: str) -> None:
    page = keys.page
    scanner.scan(page, number)
    page.wait_for_url("**/can-bo/ho-so/*")
    expect(page.locator(".file-head")).to_contain_text(number)
    page.wait_for_load_state("load")
    for key, said in (("1", "Đã ghi nhận tờ khai."), ("2", "Đã ghi nhận đối chiếu bản chính.")):
        keys.press(key)
        expect(page.get_by_text(said)).to_be_visible()
    keys.press("d")
    expect(page.get_by_role("heading", name="Kết quả")).to_be_visible()


def test_ten_clean_files_take_four_keys_each_and_the_officer_alone_sees_the_time(
    sight: Any, live_server: Any
) -> None:
    make_officer_account()
    numbers, keys = make_clean(10), Keys(sight)
    resize(sight, 1280, 900)
    sent: list[str] = []
    sight.on("request", lambda asked: sent.append(f"{asked.url} {asked.post_data or ''}"))
    sign_in(keys)
    for place, number in enumerate(numbers, 1):
        keys.pressed = 0
        approve(keys, number)
        assert keys.pressed <= MOST_KEYS
        expect(sight.locator("[data-pace-count]")).to_have_text(str(place))
    assert set(Application.objects.values_list("state", flat=True)) == {"approved"}
    assert Event.objects.filter(kind="application.approved").count() == len(numbers)
    the_time_is_told_here_and_nowhere_else(sight, sent)
    who_signs_in_next_sees_nothing_of_it(sight, live_server)


def the_time_is_told_here_and_nowhere_else(page: Any, sent: list[str]) -> None:
    pace = page.locator("[data-pace]")
    expect(pace).to_contain_text("Chỉ bạn thấy")
    assert pace.locator("[data-pace-middle]").inner_text().count(":") == 1
    assert [asked for asked in sent if "pace" in asked.replace("pace.js", "")] == []
    assert findings_in_both_themes(page) == []
    page.reload()
    expect(page.locator("[data-pace-count]")).to_have_text("10")  # counted once


def who_signs_in_next_sees_nothing_of_it(page: Any, live_server: Any) -> None:
    ngoc = make_officer_account("ngoc", name="Ngọc")
    session = session_of(ngoc)
    page.context.add_cookies([{"name": "vssid-session", "value": session, "url": live_server.url}])
    page.reload()
    expect(page.get_by_role("heading", name="Kết quả")).to_be_visible()
    assert page.locator("[data-pace]").is_hidden()
