"""Change the phone or e-mail address: a code to the old one and a code to the new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.notifications.outbox import dead_addresses
from vssid.domain.notifications.outbox.dead_addresses import Mark
from vssid.domain.vault import sealing as vault
from vssid.domain.verification import codes, limits
from vssid.infra import mail
from vssid.kernel.actor import Actor, person
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.errors import Invalid
from vssid.kernel.ids import BadCode, Phone
from vssid.kernel.redacted import Redacted

from ..errors import ClaimOver, SameContact
from ..models.accounts import Account, ContactChange
from . import newest, notify

SEALED_FOR = "account-contact-change"
OLD, NEW = "old", "new"
SIDES = (OLD, NEW)


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change under way: where both codes go, and which one has been entered."""

    kind: str
    old: str
    new: str
    old_proved: bool
    new_proved: bool
    asked_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ContactsView:
    """The account's phone and confirmed e-mail address."""

    phone: Phone | None
    email: EmailAddress | None
    phone_mark: Mark | None = None
    email_mark: Mark | None = None
    """Since when nothing arrives there."""


def of(person_id: int) -> ContactsView:
    """What the account has today."""
    account = Account.objects.get(person_id=person_id)
    phone, email = notify.phone_of(account), notify.email_of(account)
    return ContactsView(phone, email, dead_addresses.of(phone), dead_addresses.of(email))


def still_good(person_id: int, kind: str) -> None:
    """The owner says that messages do arrive: the mark goes, and the next message is tried there."""
    addresses = of(person_id)
    to = addresses.phone if kind == ContactChange.PHONE else addresses.email
    if to is not None:
        dead_addresses.lift(to)


def read(kind: str, text: str) -> Redacted:
    """A new phone or e-mail address as typed. Raises Invalid(value=bad_phone | bad_email)."""
    try:
        return Phone.parse_mobile(text) if kind == ContactChange.PHONE else EmailAddress.parse(text)
    except BadCode:
        raise Invalid(value=f"bad_{kind}") from None


def start(person_id: int, kind: str, text: str, *, address: str, now: datetime) -> None:
    """Send a code to the old and one to the new. Another change of the kind is forgotten.

    A first e-mail address is confirmed with the phone as the old one. Raises Invalid, SameContact, Limited,
    OlderValue.
    """
    new, account = read(kind, text), Account.objects.get(person_id=person_id)
    old = _old(account, kind)
    # Outside of the transaction: the refusal must stay in the log.
    newest.confirm(account, newest.EMAIL if isinstance(old, EmailAddress) else newest.PHONE, now=now)
    if new.reveal() == old.reveal():
        raise SameContact
    limits.hit("claim_near", f"contact|{person_id}", now=now)
    # Both are counted before either is sent; one code of the two would help nobody.
    for target in (old, new):
        if isinstance(target, Phone):
            codes.count(target, address=address, now=now)
        else:
            limits.hit("claim_to", target.reveal(), now=now)
    with transaction.atomic():
        _keep(person_id, kind, new, now=now, until=now + settings.CONTACT_CHANGE_LIFE)
        _send(person_id, kind, OLD, old, now)
        _send(person_id, kind, NEW, new, now)
        audit.record(
            "account.contact_asked", subject=person_id, by=person(person_id), now=now, facts={"kind": kind}
        )


def _keep(person_id: int, kind: str, new: Redacted, *, now: datetime, until: datetime) -> None:
    row = ContactChange(person_id=person_id, kind=kind, version=_version(now), asked_at=now, expires_at=until)
    row.sealed = vault.seal(person_id, SEALED_FOR, new.reveal().encode(), row=bound_to(row))
    fields = ["sealed", "version", "asked_at", "expires_at", "old_proved_at", "new_proved_at"]
    ContactChange.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["person_id", "kind"], update_fields=fields
    )


def keep_email(person_id: int, email: EmailAddress, *, now: datetime, until: datetime) -> None:
    """An address of staff that waits for its code, in the caller's transaction; one before is forgotten."""
    _keep(person_id, ContactChange.EMAIL, email, now=now, until=until)


def waiting_email(person_id: int, *, now: datetime) -> EmailAddress | None:
    """The address that waits for its code."""
    row = _row(person_id, ContactChange.EMAIL, now)
    return EmailAddress(_new(row).reveal()) if row else None


def forget_email(person_id: int, email: EmailAddress, *, now: datetime) -> bool:
    """Was this the one that waits? Then it waits no more; in the caller's transaction."""
    rows = ContactChange.objects.filter(person_id=person_id, kind=ContactChange.EMAIL)
    row = rows.select_for_update().filter(expires_at__gt=now).first()
    return row is not None and _new(row).reveal() == email.reveal() and bool(rows.delete()[0])


def _old(account: Account, kind: str) -> Redacted:
    phone = notify.phone_of(account)
    if kind == ContactChange.EMAIL and mail.is_offered():
        return notify.email_of(account) or phone or Redacted("")
    return phone or Redacted("")


def _purpose(kind: str, side: str) -> str:
    return f"contact_{kind}_{side}"


def _send(person_id: int, kind: str, side: str, target: Redacted, now: datetime) -> None:
    purpose, message = _purpose(kind, side), f"contact_{side}_code"
    if isinstance(target, Phone | EmailAddress):
        codes.send(purpose, person_id, target, now=now, kind=message)


def _row(person_id: int, kind: str, now: datetime) -> ContactChange | None:
    return ContactChange.objects.filter(person_id=person_id, kind=kind, expires_at__gt=now).first()


def _version(now: datetime) -> int:
    """Microseconds since 1970: another for each start, also of a change that was forgotten meanwhile."""
    return (now - datetime.fromtimestamp(0, UTC)) // timedelta(microseconds=1)


def bound_to(row: ContactChange) -> object:
    """What the new value is sealed for; a version before knew the kind alone."""
    return f"{row.kind}:{row.version}" if row.version else row.kind


def _new(row: ContactChange) -> Redacted:
    text = vault.unseal(row.person_id, SEALED_FOR, row.sealed, row=bound_to(row)).decode()
    return Phone(text) if row.kind == ContactChange.PHONE else EmailAddress(text)


def under_way(person_id: int, kind: str, *, now: datetime) -> ChangeView | None:
    """The change that waits for codes, or None."""
    row = _row(person_id, kind, now)
    if row is None:
        return None
    old = _old(Account.objects.get(person_id=person_id), kind)
    return ChangeView(
        kind=kind,
        old=_masked(old),
        new=_new(row).reveal() if kind == ContactChange.EMAIL else Phone(_new(row).reveal()).national(),
        old_proved=row.old_proved_at is not None,
        new_proved=row.new_proved_at is not None,
        asked_at=row.asked_at,
        expires_at=row.expires_at,
    )


def _masked(target: Redacted) -> str:
    return target.masked() if isinstance(target, Phone | EmailAddress) else ""


def enter(person_id: int, kind: str, side: str, code: str, *, address: str, now: datetime) -> bool:
    """Use up one of the two codes; with the second the change is done. Returns whether it is done.

    Raises ClaimOver when no change is under way, WrongCode, CodeExpired, Limited.
    """
    row = _row(person_id, kind, now)
    if row is None or side not in SIDES:
        raise ClaimOver
    account = Account.objects.get(person_id=person_id)
    target = _old(account, kind) if side == OLD else _new(row)
    codes.check(_purpose(kind, side), person_id, target, code, address=address, now=now)
    with transaction.atomic():
        # The very change whose code was checked: one asked for anew meanwhile needs codes of its own.
        rows = ContactChange.objects.filter(person_id=person_id, kind=kind, asked_at=row.asked_at)
        rows.update(**{f"{side}_proved_at": now})
        both = rows.filter(old_proved_at__isnull=False, new_proved_at__isnull=False)
        # Of the two codes entered at once one deletes the row and so makes the change.
        if not both.delete()[0]:
            return False
        apply(person_id, kind, _new(row), by=person(person_id), now=now)
    return True


def apply(
    person_id: int, kind: str, new: Redacted, *, by: Actor, now: datetime, at_desk: bool = False
) -> None:
    """Put the new one in place inside the caller's transaction; the old one and the new one are told.

    `at_desk`: an officer typed the phone; what that bars for some days, see `second`.
    """
    # Both columns are written back, so of a phone and an address that change at once one must wait.
    account = Account.objects.select_for_update().get(person_id=person_id)
    before = notify.phone_of(account)
    if kind == ContactChange.PHONE:
        account.phone = newest.seal(person_id, newest.PHONE, new.reveal().encode())
        account.phone_set_at, account.phone_set_by = (now, by.id) if at_desk else (None, None)
    else:
        account.email = newest.seal(person_id, newest.EMAIL, new.reveal().encode())
    account.save(update_fields=["phone", "email", "phone_set_at", "phone_set_by"])
    new_value = newest.facts(person_id, {kind: newest.of_account(account)[kind]})
    audit.record(f"account.{kind}_changed", subject=person_id, by=by, now=now, facts=new_value)
    if kind == ContactChange.EMAIL:
        notify.tell(person_id, "email_changed", now=now)
        return
    masked = "xxx " + new.reveal()[-3:]
    replaced = before if before is not None and before.reveal() != new.reveal() else None
    hours = int(settings.COUNTER_SECOND_WAIT.total_seconds() // 3600)
    said = {"masked": masked, "hours": hours} if at_desk else {"masked": masked}
    told = "phone_set" if at_desk else "phone_changed"
    notify.tell(person_id, told, now=now, facts=said, before=replaced)


def drop_email(person_id: int, *, now: datetime) -> bool:
    """Take the e-mail address away; the phone is told. Returns False when there was none."""
    with transaction.atomic():
        rows = Account.objects.filter(person_id=person_id, email__isnull=False)
        if not rows.update(email=None):
            return False
        told = newest.facts(person_id, {newest.EMAIL: newest.NONE})
        audit.record("account.email_changed", subject=person_id, by=person(person_id), now=now, facts=told)
        notify.tell(person_id, "email_changed", now=now)
    return True


def forget(person_id: int, kind: str) -> None:
    """Give up a change under way."""
    ContactChange.objects.filter(person_id=person_id, kind=kind).delete()


def sweep(now: datetime) -> None:
    """Forget changes nobody finished."""
    ContactChange.objects.filter(expires_at__lt=now).delete()
