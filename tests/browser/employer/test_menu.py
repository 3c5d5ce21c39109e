"""HR's menu on a phone: two lines, and every page within two taps, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.looks import resize
from tests.making.employers import SAO_MAI, make_employers, make_hr
from tests.making.staff import session_of
from vssid.domain.employers.seats.roles import Role
from vssid.web.ui import cookies

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LINES = """() => new Set([...document.querySelectorAll(".desk-top nav > ul > li")]
  .map((item) => Math.round(item.getBoundingClientRect().top))).size"""
OUT = "() => document.documentElement.scrollWidth - innerWidth"


def test_it_takes_two_lines_and_every_page_two_taps(sight: Any, live_server: Any) -> None:
    now = timezone.now()
    make_employers()
    tuan = make_hr("Trần Tuấn", (SAO_MAI, Role.ADMINISTRATOR), now=now)
    session = {"name": "vssid-session", "value": session_of(tuan), "url": live_server.url}
    sight.context.add_cookies([session])
    for language in ("en", "vi"):
        chosen = {"name": cookies.LANGUAGE, "value": language, "url": live_server.url}
        sight.context.add_cookies([chosen])
        sight.goto("/don-vi")
        resize(sight, 360, 740)
        assert (sight.evaluate(LINES), sight.evaluate(OUT)) == (2, 0), language
    groups = sight.locator(".desk-top .group")
    for at in range(groups.count()):
        groups.nth(at).locator("summary").click()
        # One is open at a time, inside of the screen; each of its pages is a tap away.
        expect(sight.locator(".desk-top .group[open]")).to_have_count(1)
        for link in groups.nth(at).locator("a").all():
            expect(link).to_be_in_viewport(ratio=1)
        assert sight.evaluate(OUT) == 0
