"""Codes of made-up members, shown on the sign-in pages of a demo: nobody holds their phones."""

from __future__ import annotations

import uuid
from datetime import datetime

from vssid.domain.vault import sealing as vault

from ..models.factors import AuthenticatorApp
from . import totp
from .authenticator_apps import SEALED_FOR, secret_of

NAME = "demo"


def give(person_id: int, secret: bytes, *, now: datetime) -> None:
    """A made-up member's app, whose secret is known."""
    app_id = uuid.uuid4()
    AuthenticatorApp.objects.create(
        person_id=person_id,
        id=app_id,
        sealed=vault.seal(person_id, SEALED_FOR, secret, row=app_id),
        name=NAME,
        session_id=app_id,  # no session's: it is set up already
        begun_at=now,
        confirmed_at=now,
        last_step=1,
    )


def of(person_id: int, *, now: datetime) -> str:
    """A code that opens now and was not used; "" for who has no app of the demo, or when both are used."""
    row = AuthenticatorApp.objects.filter(person_id=person_id, name=NAME, confirmed_at__isnull=False).first()
    if row is None:
        return ""
    here = totp.step_of(now)
    step = max(here, row.last_step + 1)
    return totp.code_at(secret_of(row), step) if step <= here + totp.DRIFT else ""
