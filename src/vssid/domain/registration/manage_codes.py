"""The code that opens a sent application in another browser, to its phone."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.verification import codes
from vssid.kernel.errors import NotYours

from . import sealing
from .draft import holders
from .models import Application
from .moves import PURPOSE_MANAGE


def send(application_id: int, *, address: str, now: datetime) -> None:
    """Send a code that opens the application to this browser.

    Raises NotYours or Limited (`code_again` within a minute).
    """
    row = Application.objects.filter(id=application_id).first()
    if row is None:
        raise NotYours
    again = f"{PURPOSE_MANAGE}:{row.id}"
    codes.issue(PURPOSE_MANAGE, row.id, sealing.form_of(row).phone, address=address, now=now, again=again)


def enter(application_id: int, code: str, *, address: str, now: datetime) -> str:
    """Open the application to this browser; returns the token. Raises WrongCode, CodeExpired, Limited."""
    row = Application.objects.filter(id=application_id).first()
    if row is None:
        raise NotYours
    phone = sealing.form_of(row).phone
    codes.check(PURPOSE_MANAGE, row.id, phone, code, address=address, now=now)
    return holders.grant(row.id, now=now, proved=phone)
