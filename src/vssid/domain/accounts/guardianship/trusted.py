"""A trusted person: another phone that gets a person's codes as well, when the person asks for it.

Named with the person's password, agreed to by a code sent to that phone, removed at once. The trusted person
gets no account, no session and no look at anything.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from vssid.domain.audit import actions as audit
from vssid.domain.notifications import actions as notifications
from vssid.domain.notifications import languages
from vssid.domain.notifications.outbox import templates
from vssid.domain.vault import sealing as vault
from vssid.domain.verification import codes, limits
from vssid.domain.verification.errors import Limited
from vssid.domain.verification.models import PhoneCode
from vssid.infra.database.first_row import lock_or_make
from vssid.kernel.actor import SYSTEM, person
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.ids import Phone

from ..contacts import newest, notify
from ..models.relations import TrustedPerson

PURPOSE = "trusted_person"
SEALED = newest.SEALED_FOR[newest.TRUSTED]
CODE = "trusted_code"
# One phone may be trusted by so many people at once: a family, not a business [M].
PEOPLE_OF_ONE_PHONE = 5


@dataclass(frozen=True, slots=True)
class TrustedView:
    """Whom a person trusts; `agreed_at` None while the other phone has not agreed."""

    name: str
    phone: Phone
    asked_at: datetime
    agreed_at: datetime | None


def of(person_id: int) -> TrustedView | None:
    """Whom the person trusts or has asked, or None."""
    row = _live(person_id).first()
    return _view(row) if row else None


def ask(person_id: int, name: str, phone: Phone, *, address: str, now: datetime) -> None:
    """Ask a phone to agree. Call it after the person's password was checked.

    Asking anew replaces what nobody agreed to. Raises Limited, or Invalid(phone=own | already | too_many).
    """
    own = notify.reach(person_id, registered=True).phone
    if own is not None and own.reveal() == phone.reveal():
        raise Invalid(phone="own")
    limits.hit("trusted_ask", str(person_id), now=now)
    prints = vault.fingerprints("phone", phone.reveal())
    others = TrustedPerson.objects.filter(phone_fingerprint__in=prints, removed_at=None)
    if others.exclude(agreed_at=None).exclude(person_id=person_id).count() >= PEOPLE_OF_ONE_PHONE:
        raise Invalid(phone="too_many")
    with transaction.atomic():
        _keep(person_id, name, phone, now)
    codes.issue(PURPOSE, person_id, phone, address=address, now=now, kind="trusted_ask")


def _keep(person_id: int, name: str, phone: Phone, now: datetime) -> None:
    def new() -> TrustedPerson:
        return TrustedPerson(
            person_id=person_id, id=uuid.uuid4(), sealed=b"", phone_fingerprint=b"", asked_at=now
        )

    # Of two asked at once the second waits and takes the place.
    row = lock_or_make(_live(person_id), new)
    if row.agreed_at is not None:
        raise Invalid(phone="already")
    version = newest.next_version(person_id, newest.TRUSTED)
    said = {"name": name, "phone": phone.reveal()}
    row.sealed = vault.seal_json(person_id, SEALED, said, row=row.id, version=version)
    row.phone_fingerprint, row.asked_at = vault.fingerprint("phone", phone.reveal()), now
    row.save(update_fields=["sealed", "phone_fingerprint", "asked_at"])
    told = newest.facts(person_id, newest.of_trusted(row))
    audit.record("trusted.asked", subject=person_id, by=person(person_id), now=now, facts=told)


def agree(person_id: int, code: str, *, address: str, now: datetime) -> None:
    """The code of the other phone: both have agreed. Raises NotYours, WrongCode, CodeExpired, Limited."""
    row = _live(person_id).filter(agreed_at=None).first()
    if row is None:
        raise NotYours
    codes.check(PURPOSE, person_id, _view(row).phone, code, address=address, now=now)
    with transaction.atomic():
        # What was asked anew meanwhile, perhaps of another phone, was not agreed to.
        same = _live(person_id).filter(id=row.id, agreed_at=None, asked_at=row.asked_at)
        if not same.update(agreed_at=now):
            raise NotYours
        audit.record("trusted.agreed", subject=person_id, by=person(person_id), now=now)
        notify.tell(person_id, "trusted_named", now=now)


def remove(person_id: int, *, now: datetime) -> None:
    """End the trust at once; what is on its way to that phone is stopped. Twice is once."""
    with transaction.atomic():
        if _live(person_id).update(removed_at=now):
            PhoneCode.objects.filter(subject_id=person_id, purpose=PURPOSE).delete()
            for kind in ("trusted_ask", CODE, "trusted_activation"):
                notifications.cancel(person_id, kind, now=now)
            told = newest.facts(person_id, {newest.TRUSTED: newest.NONE})
            audit.record("trusted.removed", subject=person_id, by=person(person_id), now=now, facts=told)


def was_put_back(person_id: int, *, now: datetime) -> bool:
    """Is the one who is trusted not who was named last, by the log? Told there."""
    row = _live(person_id).first()
    return row is not None and not _is_newest(row, now)


def retell(person_id: int, *, now: datetime) -> None:
    """After the rows of a merged person came here, in the caller's transaction: who counts from now on."""
    if (row := _live(person_id).first()) is not None:
        told = newest.facts(person_id, newest.of_trusted(row))
        audit.record("account.value_told", subject=person_id, by=SYSTEM, now=now, facts=told)


def has_agreed(person_id: int) -> bool:
    """Is there a trusted person whose phone has agreed?"""
    return _live(person_id).exclude(agreed_at=None).exists()


def send_code(person_id: int, code: str, *, now: datetime) -> bool:
    """Send a code that went to the own phone to the trusted one as well, in the caller's transaction.

    True if it was sent. Beyond the day's room it goes to the own phone alone; the owner is told of each use.
    """
    if not has_agreed(person_id):
        return False
    try:
        limits.hit("trusted_use", str(person_id), now=now)
    except Limited:
        return False
    return _send(person_id, CODE, {"code": code}, now=now)


def send_activation(person_id: int, *, account: str, password: str, now: datetime, hours: int) -> bool:
    """Send an activation password there as well, in the caller's transaction; True if it was sent.

    For an officer who has seen the person's original ID: no room of the day holds it up.
    """
    facts: dict[str, str | int] = {"account": account, "password": password, "hours": hours}
    return _send(person_id, "trusted_activation", facts, now=now)


def _send(person_id: int, kind: str, facts: dict[str, str | int], *, now: datetime) -> bool:
    with transaction.atomic():
        # Under the lock, so that nothing leaves after a removal.
        row = _live(person_id).select_for_update().exclude(agreed_at=None).first()
        if row is None or not _is_newest(row, now):
            return False
        life = timedelta(hours=int(facts.get("hours", 0))) or timedelta(minutes=5)
        notifications.cancel(person_id, kind, now=now)
        notifications.send_sms(
            to=_view(row).phone,
            # What the trusted person reads is not known; whose codes these are knows them.
            text=templates.render(kind, language=languages.of(person_id), **facts),
            kind=kind,
            subject_id=person_id,
            now=now,
            expires_in=life,
        )
        notify.tell(person_id, "trusted_used", now=now)
        audit.record("trusted.used", subject=person_id, by=person(person_id), now=now, facts={"kind": kind})
    return True


def _is_newest(row: TrustedPerson, now: datetime) -> bool:
    """Nothing goes to one who was put back by hand."""
    value = newest.of_trusted(row)[newest.TRUSTED]
    return newest.is_newest(row.person_id, newest.TRUSTED, value, now=now)


def _live(person_id: int) -> QuerySet[TrustedPerson]:
    return TrustedPerson.objects.filter(person_id=person_id, removed_at=None)


def phone_of(row: TrustedPerson) -> Phone:
    """The phone of one who was asked, unsealed. Raises Erased."""
    return _view(row).phone


def _view(row: TrustedPerson) -> TrustedView:
    private = vault.unseal_json(row.person_id, SEALED, row.sealed, row=row.id)
    return TrustedView(private["name"], Phone(private["phone"]), row.asked_at, row.agreed_at)
