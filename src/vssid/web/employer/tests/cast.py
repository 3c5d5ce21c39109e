"""Tuấn of Sao Mai, Hoa of Biển Xanh, and what they do in a browser."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.utils import timezone

from tests.making.employers import BIEN_XANH, SAO_MAI, make_hr
from tests.making.staff import OWN_PASSWORD, secret_of, session_of
from vssid.domain.accounts.factors import totp
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.accounts.models.factors import AuthenticatorApp
from vssid.domain.employers.seats.roles import Role
from vssid.web.ui import cookies

SIGN_IN, SECOND_STEP = "/don-vi/dang-nhap", "/don-vi/dang-nhap/buoc-hai"


def browser_of(person_id: int) -> Client:
    """A browser in which a factor was just proved."""
    client = Client()
    client.cookies[cookies.SESSION] = session_of(person_id)
    return client


def tuan(role: Role = Role.ADMINISTRATOR) -> Client:
    """Tuấn's browser, of Sao Mai."""
    return browser_of(make_hr("Trần Tuấn", (SAO_MAI, role)))


def hoa() -> int:
    """Hoa administers Biển Xanh; her number."""
    return make_hr("Phạm Hoa", (BIEN_XANH, Role.ADMINISTRATOR))


def login_of(person_id: int) -> str:
    """The user name."""
    return Account.objects.get(person_id=person_id).login


def sign_in(browser: Client, person_id: int, *, tiep: str = "") -> Any:
    """Both steps in a browser; the answer of the second."""
    typed = {"username": login_of(person_id), "password": OWN_PASSWORD, "tiep": tiep}
    asked = browser.post(SIGN_IN, typed)
    assert asked["Location"].startswith(SECOND_STEP), asked["Location"]
    return browser.post(asked["Location"], {"ma_xac_thuc": code_of(person_id), "tiep": tiep})


def code_of(person_id: int) -> str:
    """What the person's app shows."""
    AuthenticatorApp.objects.filter(person_id=person_id).update(last_step=1)
    return totp.code_at(secret_of(person_id), totp.step_of(timezone.now()))
