"""The console does not turn pages over: a turning that is broken off is an error in the browser's log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.waiting import until
from tests.making.registrations import make_officer_account
from tests.making.staff import OWN_PASSWORD, code_now

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Each page notes whether it came by turning over.
NOTES = "addEventListener('pagereveal', (event) => { window.turned = Boolean(event.viewTransition); })"


@pytest.fixture
def moving(chromium: Any, live_server: Any) -> Iterator[Any]:
    """A browser whose owner minds no motion."""
    context = chromium.new_context(base_url=live_server.url, reduced_motion="no-preference")
    context.add_init_script(NOTES)
    yield context.new_page()
    context.close()


def turned(page: Any) -> bool:
    """How the page came: it says so when it is first drawn, which may be after its address is there."""
    until(page, "() => window.turned !== undefined")
    return bool(page.evaluate("window.turned"))


def test_signing_in_at_the_office_turns_no_page(moving):
    make_officer_account()
    moving.goto("/can-bo/dang-nhap")
    moving.fill("[name=username]", "minh")
    moving.fill("[name=password]", OWN_PASSWORD)
    moving.keyboard.press("Enter")
    moving.wait_for_url("**/buoc-hai*")
    assert not turned(moving)
    moving.fill("[name=ma_xac_thuc]", code_now())
    moving.keyboard.press("Enter")
    moving.wait_for_url(lambda url: url.rstrip("/").endswith("/can-bo"))
    assert not turned(moving)


def test_pages_of_people_still_turn_over(moving):
    moving.goto("/tra-cuu")
    moving.goto("/tro-giup")
    moving.locator("a[href='/tra-cuu']").first.click()
    moving.wait_for_url("**/tra-cuu")
    assert turned(moving)
