"""Forms without a token are taken from this site's own pages only."""

from __future__ import annotations

import pytest
from django.test import Client

from vssid.web.ui import cookies

HERE = "http://testserver"


@pytest.fixture
def strict(site):
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": HERE}])
def test_a_form_of_this_site_needs_no_token(strict, headers):
    answer = strict.post("/ngon-ngu", {"lang": "en"}, headers=headers)
    assert answer.status_code == 302
    assert answer.cookies[cookies.LANGUAGE].value == "en"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", "Origin": HERE},
        {"Origin": "https://testserver"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_of_another_site_is_refused(strict, headers):
    answer = strict.post("/ngon-ngu", {"lang": "en"}, headers=headers)
    assert answer.status_code == 403
    assert cookies.LANGUAGE not in answer.cookies


def test_a_token_does_as_well(strict):
    strict.cookies["vssid-csrf"] = "a" * 32
    answer = strict.post("/ngon-ngu", {"lang": "en"}, headers={"X-CSRFToken": "a" * 32})
    assert answer.status_code == 302
