"""Tell the owner of an account: into the inbox, and to the phone and address that we know."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.notifications.inbox import notices
from vssid.domain.notifications.inbox.kinds import KINDS, Topic
from vssid.domain.notifications.inbox.notices import Reach
from vssid.domain.participants import queries as participants
from vssid.domain.vault import sealing as vault
from vssid.domain.verification import limits
from vssid.domain.verification.errors import Limited
from vssid.kernel.actor import person
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.ids import BadCode, Phone

from ..models.accounts import Account, Session
from ..sign_in import sessions

PHONE, EMAIL = "account-phone", "account-email"


def tell(
    person_id: int,
    kind: str,
    *,
    now: datetime,
    facts: dict[str, Any] | None = None,
    once: str = "",
    before: Phone | None = None,
    registered: bool = False,
) -> UUID | None:
    """Raise a notice in the caller's transaction; see notifications.notices.notify. `at` is always a fact.

    A person without an account finds it in the inbox once there is one. `before` is a phone that was just
    replaced and is told too. `registered`: where the account has no phone the register's is told. Of one kind
    about an account's safety a day has room for so many texts; what is beyond is in the inbox only.
    """

    # Asked only by kinds that go out of the house: a notice for the inbox alone costs no text of the day.
    def affordable_reach() -> Reach:
        return reach(person_id, before, registered) if _has_room(person_id, kind, now) else Reach()

    said = {"at": now.isoformat(), **(facts or {})}
    return notices.notify(person_id, kind, now=now, facts=said, reach=affordable_reach, once=once)


def _has_room(person_id: int, kind: str, now: datetime) -> bool:
    if KINDS[kind].topic is not Topic.SECURITY:
        return True
    try:
        limits.hit("alert", f"{person_id}|{kind}", now=now)
    except Limited:
        return False
    return True


def reach(person_id: int, before: Phone | None = None, registered: bool = False) -> Reach:
    """The account's phone, and its confirmed address or else the register's.

    Without an account nothing, unless the register's phone shall do (`registered`): when it is surely a
    mobile number, which nobody else can have got by the change of area codes.
    """
    account = Account.objects.filter(person_id=person_id, kind=Account.CITIZEN).first()
    phone = phone_of(account) if account else None
    if phone is None and registered:
        known = participants.person(person_id)
        phone = known.phone if known and known.phone and known.phone.is_surely_mobile else None
    if account is None:
        return Reach(phone)
    return Reach(phone, email_of(account) or _registered(person_id), before)


def phone_of(account: Account) -> Phone | None:
    """The account's phone."""
    if account.phone is None:
        return None
    return Phone(vault.unseal(account.person_id, PHONE, account.phone).decode())


def email_of(account: Account) -> EmailAddress | None:
    """The account's confirmed e-mail address."""
    if account.email is None:
        return None
    return EmailAddress(vault.unseal(account.person_id, EMAIL, account.email).decode())


def _registered(person_id: int) -> EmailAddress | None:
    known = participants.person(person_id)
    try:
        return EmailAddress.parse(known.email) if known else None
    except BadCode:
        return None


def end_session(person_id: int, session_id: UUID, *, now: datetime) -> None:
    """End one of the person's other sessions and leave a notice of it; ending it twice tells once."""
    with transaction.atomic():
        # Of two taps at once the second finds nothing, and the owner is told once.
        row = Session.objects.select_for_update().filter(person_id=person_id, id=session_id).first()
        if row is None:
            return
        sessions.end(person_id, session_id)
        audit.record("account.session_ended", subject=person_id, by=person(person_id), now=now)
        tell(person_id, "session_ended", now=now, facts=seen(row.device, now))


def end_others(person_id: int, here: UUID, *, now: datetime) -> None:
    """End every session of the person but this one, as `end_session` does."""
    for session_id in Session.objects.filter(person_id=person_id).values_list("id", flat=True):
        if session_id != here:
            end_session(person_id, session_id, now=now)


def seen(device: str, now: datetime) -> dict[str, Any]:
    """The facts of a notice about a device."""
    return {"at": now.isoformat(), "device": device}
