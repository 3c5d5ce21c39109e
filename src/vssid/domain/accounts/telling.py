"""Tell the owner of an account: into the inbox, and to the phone and address that we know."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.notifications import notices
from vssid.domain.notifications.notices import Reach
from vssid.domain.participants import queries as participants
from vssid.domain.vault import actions as vault
from vssid.kernel.actor import person
from vssid.kernel.ids import Phone

from . import sessions
from .models import Account, Session

PHONE = "account-phone"


def tell(
    person_id: int, kind: str, *, now: datetime, facts: dict[str, Any] | None = None, once: str = ""
) -> UUID | None:
    """Raise a notice in the caller's transaction; see notifications.notices.notify.

    A person without an account finds it in the inbox once there is one.
    """
    return notices.notify(person_id, kind, now=now, facts=facts, reach=lambda: reach(person_id), once=once)


def reach(person_id: int) -> Reach:
    """The phone of the account and the address of the register; nothing without an account."""
    account = Account.objects.filter(person_id=person_id, kind=Account.CITIZEN).first()
    if account is None:
        return Reach()
    known = participants.person(person_id)
    phone = Phone(vault.unseal(person_id, PHONE, account.phone).decode()) if account.phone else None
    return Reach(phone=phone, email=known.email if known else "")


def end_session(person_id: int, session_id: UUID, *, now: datetime) -> None:
    """End one of the person's other sessions and leave a notice of it; ending it twice tells once."""
    with transaction.atomic():
        row = Session.objects.select_for_update().filter(person_id=person_id, id=session_id).first()
        if row is None:
            return
        sessions.end(person_id, session_id)
        audit.record("account.session_ended", subject=person_id, by=person(person_id), now=now)
        tell(person_id, "session_ended", now=now, facts=seen(row.device, now))


def seen(device: str, now: datetime) -> dict[str, Any]:
    """The facts of a notice about a device."""
    return {"at": now.isoformat(), "device": device}
