"""A door that does not say whether there is an account asks the same of the database, hashes as often and
answers at the same length for a name without one. (Times: tests/journeys/test_same_time.py.)"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vssid.domain.accounts import actions
from vssid.domain.accounts.errors import ClaimOver, WrongCredentials
from vssid.domain.accounts.models.accounts import Claim
from vssid.domain.accounts.recovery import claims
from vssid.domain.accounts.tests.people import ADDRESS, NOW, ask, login, make_account
from vssid.domain.verification.errors import CodeExpired, WrongCode

from .. import passkey_sign_in, passwords
from .test_passkeys import owned, site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
__all__ = ["site"]
UNKNOWN = "9999999999"
REFUSALS = (WrongCredentials, WrongCode, CodeExpired, ClaimOver)


def asked(act: Callable[[], Any]) -> list[str]:
    """The statements of an act, without their values."""
    with (
        CaptureQueriesContext(
            connection,
        ) as seen,
        suppress(WrongCredentials, WrongCode, CodeExpired, ClaimOver),
    ):
        act()
    bare = [
        re.sub(r"'(?:[^']|'')*'(?:::\w+)?|\b[0-9]+\b", "?", statement["sql"])
        for statement in seen.captured_queries
    ]
    return [re.sub(r"s[0-9]+_x[0-9]+|\((?:\?, )*\?\)", "…", statement) for statement in bare]


def begin(name: str) -> str:
    return passkey_sign_in.begin(name, browser="b", now=NOW)


def test_passkeys_begin_alike():
    owned()
    begin("warm")
    assert asked(lambda: begin(login())) == asked(lambda: begin(UNKNOWN))
    known, unknown = begin(login()), begin(UNKNOWN)
    assert len(known) == len(unknown) == passkey_sign_in.FILLED
    assert known.count('"type"') == unknown.count('"type"')


@pytest.mark.parametrize("more", [0, 3])
def test_however_many_passkeys_one_has_as_many_are_named(more):
    from vssid.domain.accounts.tests.authenticator import Device

    from .test_passkeys import add

    owned()
    for _ in range(more):
        add(Device())
    assert begin(login()).count('"type"') == begin(UNKNOWN).count('"type"') == 10


def test_a_wrong_password_takes_the_same_statements_and_hashes(monkeypatch):
    make_account()
    hashed: list[str] = []

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(*given: Any, **more: Any) -> Any:
            hashed.append(real.__name__)
            return real(*given, **more)

        return wrapper

    for name in ("check_password", "make_password"):
        monkeypatch.setattr(passwords, name, counted(getattr(passwords, name)))

    def enter(name: str) -> None:
        actions.sign_in(name, "sai mat khau", kind="citizen", address=ADDRESS, device="", now=NOW)

    asked(lambda: enter("8888888888"))
    hashed.clear()
    of_known = asked(lambda: enter(login()))
    first = len(hashed)
    assert of_known == asked(lambda: enter(UNKNOWN))
    assert len(hashed) == 2 * first


@pytest.mark.parametrize("purpose", [Claim.RESET, Claim.FREEZE, Claim.THAW])
def test_a_code_is_asked_for_and_tried_alike(purpose):
    make_account()

    def want(secret: str, name: str) -> None:
        claims.ask(purpose, name, Claim.SMS, secret=secret, address=ADDRESS, known_device=False, now=NOW)

    want("warm", "8888888888")
    assert len(asked(lambda: want("a", login()))) == len(asked(lambda: want("b", UNKNOWN)))
    ask("known", purpose, address="198.51.100.1")
    ask("unknown", purpose, UNKNOWN, address="198.51.100.2")

    def enter(secret: str) -> None:
        claims.enter(secret, purpose, "000000", address=ADDRESS, now=NOW)

    asked(lambda: enter("warm"))
    assert len(asked(lambda: enter("known"))) == len(asked(lambda: enter("unknown")))
