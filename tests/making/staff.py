"""Staff who have done their first sign-in: an own password and an authenticator app; and how they sign in."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.test import Client
from django.utils import timezone

from vssid.domain.accounts.factors import recovery_codes, shown_codes, totp
from vssid.domain.accounts.models.accounts import Account, LoginName
from vssid.domain.accounts.models.factors import AuthenticatorApp
from vssid.domain.accounts.sign_in import passwords, sessions

OWN_PASSWORD = "hoa sen trang 99"
SIGN_IN, SECOND_STEP = "/can-bo/dang-nhap", "/can-bo/dang-nhap/buoc-hai"


def secret_of(person_id: int) -> bytes:
    """The secret of the member's app."""
    return hashlib.sha256(f"app of {person_id}".encode()).digest()[: totp.SECRET_BYTES]


def equip(person_id: int, *, password: str = OWN_PASSWORD, now: datetime) -> None:
    """The own password and the app, as the first sign-in sets them."""
    Account.objects.filter(person_id=person_id).update(
        password=passwords.hashed(password), activation_expires_at=None
    )
    shown_codes.give(person_id, secret_of(person_id), now=now)


def code_now(username: str = "minh", *, now: datetime | None = None) -> str:
    """The code that the member's app shows, as if the one before had been used half a minute ago."""
    person_id = LoginName.objects.get(name=username.strip().lower()).person_id
    AuthenticatorApp.objects.filter(person_id=person_id, confirmed_at__isnull=False).update(last_step=1)
    return totp.code_at(secret_of(person_id), totp.step_of(now or timezone.now()))


def sign_in(browser: Client, username: str = "minh", *, password: str = OWN_PASSWORD, tiep: str = "") -> Any:
    """Both steps in a browser; the answer of the second."""
    asked = browser.post(SIGN_IN, {"username": username, "password": password, "tiep": tiep})
    assert (asked.status_code, asked["Location"].partition("?")[0]) == (302, SECOND_STEP)
    onward = parse_qs(urlsplit(asked["Location"]).query).get("tiep", [""])[0]
    return browser.post(SECOND_STEP, {"ma_xac_thuc": code_now(username), "tiep": onward})


def codes_of(person_id: int, session_id: UUID, *, now: datetime) -> list[str]:
    """Ten recovery codes that the member has seen and kept."""
    codes = recovery_codes.show(person_id, session_id=session_id, now=now)
    recovery_codes.keep(person_id, session_id=session_id, now=now)
    return codes


def session_of(person_id: int, *, now: datetime | None = None) -> str:
    """The token of a session in which a factor was just proved."""
    at = now or timezone.now()
    return sessions.start(person_id, device="test", proved_at=at, now=at)
