"""Two requests at the same moment with one code: one of them signs in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.making.registrations import make_officer_account
from tests.making.staff import OWN_PASSWORD, SECOND_STEP, SIGN_IN, code_now
from tests.together import at_once
from vssid.domain.accounts.models.accounts import Session

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


def prover(code: str) -> Callable[[], int]:
    """A browser of its own that stands before the second step."""
    browser = Client()
    browser.post(SIGN_IN, {"username": "minh", "password": OWN_PASSWORD})
    return lambda: browser.post(SECOND_STEP, {"ma_xac_thuc": code}).status_code


def test_one_code_in_two_browsers_signs_in_once() -> None:
    make_officer_account()
    code = code_now()
    assert sorted(at_once(prover(code), prover(code))) == [302, 422]
    assert Session.objects.count() == 1
