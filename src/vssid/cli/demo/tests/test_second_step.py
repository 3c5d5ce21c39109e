"""Made-up members have a factor whose code the sign-in page shows."""

from __future__ import annotations

import base64
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.making.registrations import ELSEWHERE, HONG_BANG, make_office, make_officer_account
from tests.making.staff import OWN_PASSWORD, SECOND_STEP, SIGN_IN
from vssid.domain.accounts.factors import totp
from vssid.domain.accounts.models.factors import AuthenticatorApp
from vssid.domain.accounts.models.staff import Post
from vssid.domain.offices.models import Office
from vssid.kernel.calendar import local_day

from .. import accounts

pytestmark = pytest.mark.django_db


def test_members_were_at_work_in_the_days_before_of_which_the_demo_has_files() -> None:
    make_office()
    one = SimpleNamespace(person=SimpleNamespace(office_code=HONG_BANG))
    other = SimpleNamespace(person=SimpleNamespace(office_code=ELSEWHERE))
    make_office(ELSEWHERE)
    for code in {which for _name, _shown, which, _role in accounts.OFFICERS if isinstance(which, str)}:
        make_office(code)
    offices = [SimpleNamespace(code=office.code, name=office.name) for office in Office.objects.all()]
    now = timezone.now()
    made: Any = SimpleNamespace(registrants=[one, one, other], offices=offices)
    assert len(accounts.officers(made, now)) == len(accounts.OFFICERS)
    week_before = local_day(now) - timedelta(days=12)
    for username, _name, _which, role in accounts.OFFICERS:
        assert Post.objects.get(account__login=username, role=role).from_on <= week_before


def test_members_of_an_older_demo_get_their_app_once_and_a_visitor_gets_in(settings: Any) -> None:
    settings.DEMO = True
    make_officer_account("minh")
    AuthenticatorApp.objects.all().delete()
    facts: dict[str, Any] = {"officers": [{"username": "minh"}]}
    accounts.equip_older(facts)
    accounts.equip_older({"officers": [{"username": "minh"}]})
    assert AuthenticatorApp.objects.count() == 1
    written = facts["officers"][0]["totp"]
    secret = base64.b32decode(written)
    client = Client()
    client.post(SIGN_IN, {"username": "minh", "password": OWN_PASSWORD})
    shown = client.get(SECOND_STEP).content.decode().partition("data-demo-code>")[2][:6]
    here = totp.step_of(timezone.now())
    assert shown in {totp.code_at(secret, step) for step in (here - 1, here)}
    assert client.post(SECOND_STEP, {"ma_xac_thuc": shown}).status_code == 302
