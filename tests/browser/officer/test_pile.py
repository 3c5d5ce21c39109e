"""A pile of forms: scans follow each other without waiting, and none is lost without a network."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests.browser.officer import scanner
from tests.browser.test_every_page import session_of
from tests.making.registrations import BINH, make_application, make_officer_account
from vssid.domain.registration.models import Application

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_sheets_are_taken_in_one_after_the_other_and_again_when_the_network_is_back(
    sight: Any, live_server: Any
) -> None:
    now = timezone.now()
    first, second = (
        Application.objects.get(id=made).number
        for made in (make_application(now=now), make_application(BINH, now=now))
    )
    session = session_of(make_officer_account())
    sight.context.add_cookies([{"name": "vssid-session", "value": session, "url": live_server.url}])
    sight.goto("/can-bo/nhan-to-khai")
    lines = sight.locator("[data-pile-news] li")

    def scan(number: str) -> None:
        scanner.scan(sight, number)

    scan(first)
    # What is a number before its last digits came is not cut in two by a slow scanner.
    scanner.scan(sight, first, pause_after=len(first) - 3)
    lines.nth(1).wait_for()
    assert [lines.nth(at).get_attribute("data-outcome") for at in (0, 1)] == ["twice", "received"]
    sight.locator("[name=ma]").focus()
    sight.keyboard.type("khong-co")
    sight.keyboard.press("Enter")
    lines.nth(2).wait_for()
    assert lines.first.get_attribute("data-outcome") == "unknown"
    assert sight.evaluate("document.activeElement.name") == "ma"

    sight.context.set_offline(True)
    scan(second)
    sight.locator("[data-pile-unsent]:not([hidden])").wait_for()
    assert sight.locator("[data-pile-waiting]").inner_text() == second
    sight.context.set_offline(False)
    lines.nth(3).wait_for()
    assert lines.first.get_attribute("data-outcome") == "received"
    assert sight.locator("[data-pile-unsent]").is_hidden()
    assert sight.locator("[data-pile-count]").inner_text() == "2"

    sight.context.clear_cookies(name="vssid-session")
    scan(second)
    sight.locator("[data-pile-ended]:not([hidden])").wait_for()
    assert sight.locator("[data-pile-left]").inner_text() == second
