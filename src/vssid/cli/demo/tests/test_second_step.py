"""Made-up members have a factor whose code the sign-in page shows."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.making.registrations import make_officer_account
from tests.making.staff import OWN_PASSWORD, SECOND_STEP, SIGN_IN
from vssid.domain.accounts.factors import totp
from vssid.domain.accounts.models.factors import AuthenticatorApp

from .. import seed

pytestmark = pytest.mark.django_db


def test_members_of_an_older_demo_get_their_app_once_and_a_visitor_gets_in(settings: Any) -> None:
    settings.DEMO = True
    make_officer_account("minh")
    AuthenticatorApp.objects.all().delete()
    facts: dict[str, Any] = {"officers": [{"username": "minh"}]}
    seed._equip_older(facts)
    seed._equip_older({"officers": [{"username": "minh"}]})
    assert AuthenticatorApp.objects.count() == 1
    written = facts["officers"][0]["totp"]
    secret = base64.b32decode(written)
    client = Client()
    client.post(SIGN_IN, {"username": "minh", "password": OWN_PASSWORD})
    shown = client.get(SECOND_STEP).content.decode().partition("data-demo-code>")[2][:6]
    here = totp.step_of(timezone.now())
    assert shown in {totp.code_at(secret, step) for step in (here - 1, here)}
    assert client.post(SECOND_STEP, {"ma_xac_thuc": shown}).status_code == 302
