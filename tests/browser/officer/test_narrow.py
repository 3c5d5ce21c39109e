"""The officers' sign-in on the narrowest phone with letters twice as large: nothing runs out sideways."""

from __future__ import annotations

import pytest

from tests.browser import aspects
from tests.browser.looks import resize
from tests.making.registrations import make_officer_account
from tests.making.staff import OWN_PASSWORD
from vssid.web.ui import cookies

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_both_steps_of_signing_in_fit(sight, live_server, language):
    make_officer_account()
    sight.context.add_cookies([{"name": cookies.LANGUAGE, "value": language, "url": live_server.url}])
    resize(sight, 320, 640)
    sight.goto("/can-bo/dang-nhap")
    assert aspects.too_wide(sight, aspects.TWICE) == []
    sight.fill("[name=username]", "minh")
    sight.fill("[name=password]", OWN_PASSWORD)
    sight.keyboard.press("Enter")
    sight.wait_for_url("**/buoc-hai*")
    assert aspects.too_wide(sight, aspects.TWICE) == []
