"""Requests to the office counter: what an officer does for an account after seeing the original ID.

A request stands at one office. The owner makes it at home (a new phone when the old one is lost) or the
officer at the desk. It is done only with the original seen and, for a phone, a code from the new one.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from vssid.domain.audit import actions as audit
from vssid.domain.casework import moves
from vssid.domain.casework.kinds import Act
from vssid.domain.offices import queries as offices
from vssid.domain.vault import sealing as vault
from vssid.domain.verification import codes
from vssid.infra.database.constraints import constraint_of
from vssid.kernel.actor import person
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.ids import Phone

from ..contacts import notify
from ..errors import RequestNotReady, SameContact
from ..models.accounts import Account, CounterRequest
from .moves import COUNTER
from .states import State

SEALED_FOR = "account-counter"
PURPOSE = "counter_phone"


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request as its owner and its office may see it."""

    person_id: int
    id: uuid.UUID
    kind: str
    state: str
    office_code: str
    at_desk: bool
    new_phone: Phone | None
    phone_proved: bool
    original_seen_at: datetime | None
    original_seen_by: str
    asked_at: datetime
    expires_at: datetime
    closed_at: datetime | None
    closed_by: str
    reasons: tuple[str, ...]
    reason: str
    despite: Mapping[str, str]
    missing: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Still to be decided."""
        return self.state == State.OPEN


def view_of(row: CounterRequest) -> RequestView:
    """A row as a view."""
    return RequestView(
        person_id=row.person_id,
        id=row.id,
        kind=row.kind,
        state=row.state,
        office_code=row.office_id,
        at_desk=row.at_desk,
        new_phone=new_phone_of(row),
        phone_proved=row.new_proved_at is not None,
        original_seen_at=row.original_seen_at,
        original_seen_by=row.original_seen_by,
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        reasons=tuple(row.reasons or ()),
        reason=row.reason,
        despite=row.despite or {},
        missing=missing_of(row),
    )


def new_phone_of(row: CounterRequest) -> Phone | None:
    """The phone asked for, if one was named yet."""
    if row.sealed is None:
        return None
    return Phone(vault.unseal(row.person_id, SEALED_FOR, row.sealed, row=bound_to(row)).decode())


def bound_to(row: CounterRequest) -> object:
    """What the new phone is sealed for; a version before knew the request alone."""
    return f"{row.id}:{row.version}" if row.version else row.id


def missing_of(row: CounterRequest) -> tuple[str, ...]:
    """What carrying it out waits for: original, phone."""
    wanting = {
        "original": row.original_seen_at is None,
        "phone": row.kind == CounterRequest.PHONE and row.new_proved_at is None,
    }
    return tuple(name for name, missing in wanting.items() if missing)


def ask_for_phone(person_id: int, office_code: str, phone: Phone, *, now: datetime) -> uuid.UUID:
    """The owner, signed in, asks an office for another phone; the one of today is told.

    Asked twice it is the same request, with the newer phone. Raises Invalid(office=…), SameContact.
    """
    if not offices.exists(office_code):
        raise Invalid(office="bad_choice")
    account = Account.objects.get(person_id=person_id)
    today = notify.phone_of(account)
    if today is not None and today.reveal() == phone.reveal():
        raise SameContact
    with transaction.atomic():
        row, fresh = open_one(account, CounterRequest.PHONE, office_code, at_desk=False, now=now)
        keep_phone(row, phone)
        if fresh:
            audit.record(
                "account.request_made", subject=person_id, by=person(person_id), now=now, office=office_code
            )
            notify.tell(person_id, "contact_asked", now=now)
    return row.id


def open_one(
    account: Account, kind: str, office_code: str, *, at_desk: bool, now: datetime
) -> tuple[CounterRequest, bool]:
    """The open request of this kind at this office, made if there is none; and whether it was made."""
    rows = CounterRequest.objects.filter(
        person_id=account.person_id, kind=kind, office_id=office_code, state=State.OPEN
    )
    if (open_row := rows.first()) is not None:
        return open_row, False
    row = CounterRequest(
        person_id=account.person_id,
        id=uuid.uuid4(),
        kind=kind,
        office_id=office_code,
        at_desk=at_desk,
        asked_at=now,
        expires_at=now + timedelta(days=settings.COUNTER_DAYS),
    )
    try:
        # A savepoint: the caller goes on with the request that was first.
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as refused:
        if constraint_of(refused) != "accounts_counter_one_open":
            raise
        return rows.get(), False
    return row, True


def keep_phone(row: CounterRequest, phone: Phone) -> bool:
    """Another new phone has yet to prove itself. Returns whether it is another."""
    before, as_read = new_phone_of(row), row.version
    if before is not None and before.reveal() == phone.reveal():
        return False
    row.version += 1
    row.sealed = vault.seal(row.person_id, SEALED_FOR, phone.reveal().encode(), row=bound_to(row))
    # The proof goes with the phone it was of, in one statement: a new one never inherits it.
    changed = {"sealed": row.sealed, "version": row.version, "new_proved_at": None}
    if not still_open(row).filter(version=as_read).update(**changed):
        newer = still_open(row).first()  # somebody named another at the same moment; the last one counts
        return newer is None or keep_phone(newer, phone)
    return True


def still_open(row: CounterRequest) -> QuerySet[CounterRequest]:
    """The row, while nobody has closed it."""
    return CounterRequest.objects.filter(person_id=row.person_id, id=row.id, state=State.OPEN)


def send_code(row: CounterRequest, *, address: str, now: datetime) -> None:
    """A code to the new phone. Raises Limited, or RequestNotReady without a phone."""
    phone = new_phone_of(row)
    if phone is None:
        raise RequestNotReady(missing=("phone",))
    codes.issue(
        f"{PURPOSE}:{row.id.hex[:12]}",
        row.person_id,
        phone,
        address=address,
        now=now,
        kind="contact_new_code",
    )


def enter_code(row: CounterRequest, code: str, *, address: str, now: datetime) -> None:
    """The new phone is proved. Raises WrongCode, CodeExpired, Limited or RequestNotReady."""
    phone = new_phone_of(row)
    if phone is None:
        raise RequestNotReady(missing=("phone",))
    codes.check(f"{PURPOSE}:{row.id.hex[:12]}", row.person_id, phone, code, address=address, now=now)
    # Only if the phone was not replaced meanwhile.
    still_open(row).filter(sealed=row.sealed).update(new_proved_at=now)


def own(person_id: int) -> list[RequestView]:
    """The owner's requests, newest first."""
    rows = CounterRequest.objects.filter(person_id=person_id).order_by("-asked_at")[:10]
    return [view_of(row) for row in rows]


def own_row(person_id: int, request_id: uuid.UUID) -> CounterRequest:
    """The owner's own open request. Raises NotYours."""
    row = CounterRequest.objects.filter(
        person_id=person_id, id=request_id, state=State.OPEN, kind=CounterRequest.PHONE
    ).first()
    if row is None:
        raise NotYours
    return row


def withdraw(person_id: int, request_id: uuid.UUID, *, now: datetime) -> bool:
    """The owner takes it back. Returns False when it was closed before."""
    with transaction.atomic():
        row = COUNTER.rows((person_id, request_id)).select_for_update().filter(state=State.OPEN).first()
        if row is None:
            return False
        moves.move(COUNTER, row, Act("withdraw", person(person_id), now))
    return True
