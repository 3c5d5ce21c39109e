"""The counter, the officer's side: see the original ID, carry out or refuse. Each lies at one office."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.notifications import actions as notifications
from vssid.domain.notifications.outbox import dead_addresses, templates
from vssid.domain.notifications.outbox.dead_addresses import Mark
from vssid.domain.notifications.queries import MessageView, latest
from vssid.domain.verification import limits
from vssid.kernel.actor import SYSTEM, Actor
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.ids import BadCode, Phone
from vssid.kernel.text import tidy

from .. import actions, login_names
from ..contacts import changes, newest, notify
from ..errors import NotActivating, RequestClosed, RequestNotReady
from ..guardianship import trusted
from ..models.accounts import Account, CounterRequest
from ..recovery import freezing
from ..sign_in import passkeys, passwords, sessions
from . import owner_requests, second_officer
from .owner_requests import RequestView

ACTIVATION = "account_activation"
KINDS = (CounterRequest.PASSWORD, CounterRequest.PHONE, CounterRequest.THAW)
REASON_LENGTH = 500


@dataclass(frozen=True, slots=True)
class DeskView:
    """What an officer needs beside the request."""

    request: RequestView
    display_name: str
    phone: Phone | None
    email: EmailAddress | None
    phone_mark: Mark | None
    email_mark: Mark | None
    """Since when nothing arrives there."""
    created_at: datetime | None
    last_sign_in_at: datetime | None
    frozen_at: datetime | None
    must_set_password: bool
    message: MessageView | None
    missing: tuple[str, ...]
    """What carrying it out waits for, for the officer who looks."""
    second_until: datetime | None
    """Until then a password takes an officer other than the one who set the phone."""
    original_counts: bool
    has_trusted: bool
    """A trusted person has agreed: the password may go to that phone as well."""


def open_at_desk(name: str, kind: str, *, by: Actor, now: datetime) -> tuple[int, uuid.UUID] | None:
    """The officer at the desk opens a request for a BHXH code or ID number; None when it has no account.

    An open request of the kind at this office is taken up. Raises Invalid(kind=…) or Limited.
    """
    if kind not in KINDS:
        raise Invalid(kind="bad_choice")
    limits.hit("counter_look_up", str(by.id), now=now)
    account = actions.find(actions.login_of(name), Account.CITIZEN)
    if account is None:
        return None
    with transaction.atomic():
        row, fresh = owner_requests.open_one(account, kind, by.office, at_desk=True, now=now)
        if fresh:
            audit.record(
                "account.request_made", subject=account.person_id, by=by, now=now, facts={"kind": kind}
            )
            if kind == CounterRequest.PHONE:
                notify.tell(account.person_id, "contact_asked", now=now)
    return account.person_id, row.id


def waiting_at(office_code: str) -> list[tuple[RequestView, str]]:
    """The open requests of an office with the names of those who ask, oldest first."""
    rows = CounterRequest.objects.filter(office_id=office_code, state=CounterRequest.OPEN)
    found = [owner_requests.view_of(row) for row in rows.order_by("asked_at")[:200]]
    people = Account.objects.filter(person_id__in=[one.person_id for one in found])
    names = dict(people.values_list("person_id", "display_name"))
    return [(one, names.get(one.person_id, "")) for one in found]


def at_desk(person_id: int, request_id: uuid.UUID, *, by: Actor) -> CounterRequest:
    """The request, if it stands at the officer's office. Raises NotYours."""
    row = CounterRequest.objects.filter(person_id=person_id, id=request_id, office_id=by.office).first()
    if row is None:
        raise NotYours
    return row


def look_at(person_id: int, request_id: uuid.UUID, *, by: Actor, now: datetime) -> DeskView:
    """The request with the account beside it; looking is recorded. Raises NotYours."""
    row = at_desk(person_id, request_id, by=by)
    audit.record("account.request_viewed", subject=person_id, by=by, now=now)
    account = Account.objects.filter(person_id=person_id).first()
    message = latest(person_id, ACTIVATION)
    phone = notify.phone_of(account) if account else None
    email = notify.email_of(account) if account else None
    return DeskView(
        request=owner_requests.view_of(row),
        display_name=account.display_name if account else "",
        phone=phone,
        email=email,
        phone_mark=dead_addresses.of(phone),
        email_mark=dead_addresses.of(email),
        created_at=account.created_at if account else None,
        last_sign_in_at=account.last_sign_in_at if account else None,
        frozen_at=account.frozen_at if account else None,
        must_set_password=account is not None and account.must_set_password,
        missing=_missing(row, account, by, now),
        second_until=second_officer.until(account, now) if account else None,
        original_counts=account is not None and second_officer.counts_look(row, account, now),
        message=message if message and message.created_at >= row.asked_at else None,
        has_trusted=trusted.has_agreed(person_id),
    )


def _missing(row: CounterRequest, account: Account | None, by: Actor, now: datetime) -> tuple[str, ...]:
    wanting = owner_requests.missing_of(row)
    if account is None:
        return wanting
    if row.kind == CounterRequest.PASSWORD and account.phone is None:
        wanting = (*wanting, "account_phone")
    return (*wanting, *second_officer.missing(row, account, by=by, now=now))


def _locked(person_id: int, request_id: uuid.UUID, by: Actor) -> CounterRequest:
    rows = CounterRequest.objects.select_for_update().filter(person_id=person_id, id=request_id)
    row = rows.filter(office_id=by.office).first()
    if row is None:
        raise NotYours
    if row.state != CounterRequest.OPEN:
        raise RequestClosed(state=row.state, by=row.closed_by, at=row.closed_at)
    return row


def see_original(person_id: int, request_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """The officer has seen the original ID and it is this person. Raises NotYours or RequestClosed."""
    with transaction.atomic():
        row = _locked(person_id, request_id, by)
        account = Account.objects.filter(person_id=person_id).first()
        if account is None or not second_officer.counts_look(row, account, now):
            owner_requests.still_open(row).update(
                original_seen_at=now, original_seen_by=by.name, original_seen_by_id=by.id
            )
            audit.record("account.original_seen", subject=person_id, by=by, now=now)


def set_phone(
    person_id: int, request_id: uuid.UUID, text: str, *, by: Actor, address: str, now: datetime
) -> None:
    """The officer types the new phone, which gets a code; it is no longer the owner's own request.

    Raises Invalid(value=bad_phone), Limited, …
    """
    try:
        phone = Phone.parse_mobile(text)
    except BadCode:
        raise Invalid(value="bad_phone") from None
    with transaction.atomic():
        row = _locked(person_id, request_id, by)
        if owner_requests.keep_phone(row, phone):
            owner_requests.still_open(row).update(at_desk=True)
    owner_requests.send_code(at_desk(person_id, request_id, by=by), address=address, now=now)


def carry_out(
    person_id: int, request_id: uuid.UUID, *, also_trusted: bool = False, by: Actor, now: datetime
) -> None:
    """Do what was asked. Raises NotYours, RequestClosed, or RequestNotReady(missing=…).

    A new password: every session and passkey ends, the activation password goes to the account's phone and,
    if the person at the desk asks for it (`also_trusted`), to the trusted person's. Raises OlderValue.
    """
    _confirm_phone(at_desk(person_id, request_id, by=by), now)
    with transaction.atomic():
        row = _locked(person_id, request_id, by)
        account = Account.objects.select_for_update().filter(person_id=person_id).first()
        if account is None:
            raise RequestClosed(state=CounterRequest.EXPIRED, by="", at=None)
        if missing := _missing(row, account, by, now):
            raise RequestNotReady(missing=missing)
        owner_requests.still_open(row).update(
            state=CounterRequest.DONE,
            closed_at=now,
            closed_by=by.name,
            closed_by_id=by.id,
            **second_officer.closing(row, now=now),
        )
        audit.record("account.request_done", subject=person_id, by=by, now=now, facts={"kind": row.kind})
        _do(row, account, by, now, also_trusted)


def _do(row: CounterRequest, account: Account, by: Actor, now: datetime, also_trusted: bool) -> None:
    if row.kind == CounterRequest.PASSWORD:
        _issue(account, by, now, also_trusted)
        notify.tell(account.person_id, "password_reissued", now=now)
    elif row.kind == CounterRequest.THAW:
        freezing.thaw(account.person_id, by=by, how="office", now=now)
    else:
        phone = owner_requests.new_phone_of(row)
        assert phone is not None
        changes.apply(account.person_id, "phone", phone, by=by, now=now, at_desk=row.at_desk)


def _confirm_phone(row: CounterRequest, now: datetime) -> None:
    """Outside of the transaction that is not done then, so that the event stays."""
    account = Account.objects.filter(person_id=row.person_id).first()
    if row.kind == CounterRequest.PASSWORD and account is not None:
        newest.confirm(account, newest.PHONE, now=now)


def _issue(account: Account, by: Actor, now: datetime, also_trusted: bool) -> None:
    activation = passwords.new_activation()
    account.password = passwords.hashed(activation)
    account.activation_expires_at = now + settings.ACTIVATION_LIFE
    account.save(update_fields=["password", "activation_expires_at"])
    sessions.end_all(account.person_id)
    passkeys.remove_all(account.person_id)
    phone = notify.phone_of(account)
    assert phone is not None
    life: timedelta = settings.ACTIVATION_LIFE
    hours = int(life.total_seconds() // 3600)
    notifications.send_sms(
        to=phone,
        text=templates.render(ACTIVATION, account=login_names.of(account), password=activation, hours=hours),
        kind=ACTIVATION,
        subject_id=account.person_id,
        now=now,
        expires_in=life,
        series=passwords.activation_series(account.person_id),
    )
    if also_trusted:
        trusted.send_activation(
            account.person_id, account=login_names.of(account), password=activation, now=now, hours=hours
        )
    audit.record("account.activation_renewed", subject=account.person_id, by=by, now=now)


def issue_again(
    person_id: int, request_id: uuid.UUID, *, also_trusted: bool = False, by: Actor, now: datetime
) -> None:
    """The activation password did not arrive: a new one; the one before is dead.

    Only for a password request done at this office, until it runs out. Raises NotYours, NotActivating,
    SecondNeeded or OlderValue.
    """
    _confirm_phone(at_desk(person_id, request_id, by=by), now)
    with transaction.atomic():
        row = at_desk(person_id, request_id, by=by)
        account = Account.objects.select_for_update().filter(person_id=person_id).first()
        done = (
            row.kind == CounterRequest.PASSWORD and row.state == CounterRequest.DONE and now < row.expires_at
        )
        if not done or account is None or not account.must_set_password or account.phone is None:
            raise NotActivating
        second_officer.guard(account, by=by, now=now)
        _issue(account, by, now, also_trusted)


def refuse(person_id: int, request_id: uuid.UUID, reason: str, *, by: Actor, now: datetime) -> None:
    """Not done, with a reason the person reads. Raises NotYours, RequestClosed, Invalid(reason=…)."""
    text = tidy(reason)
    if not text or len(text) > REASON_LENGTH:
        raise Invalid(reason="required" if not text else "too_long")
    with transaction.atomic():
        row = _locked(person_id, request_id, by)
        owner_requests.still_open(row).update(
            state=CounterRequest.REFUSED, closed_at=now, closed_by=by.name, reason=text
        )
        audit.record("account.request_refused", subject=person_id, by=by, now=now, facts={"kind": row.kind})
        account = Account.objects.filter(person_id=person_id).first()
        if account is not None:
            notify.tell(account.person_id, "request_refused", now=now)


def expire_due(now: datetime) -> int:
    """Close what nobody came for; returns how many."""
    due = CounterRequest.objects.filter(state=CounterRequest.OPEN, expires_at__lte=now)
    expired = 0
    for person_id, request_id in list(due.values_list("person_id", "id")[:500]):
        with transaction.atomic():
            rows = CounterRequest.objects.filter(
                person_id=person_id, id=request_id, state=CounterRequest.OPEN, expires_at__lte=now
            )
            if rows.update(state=CounterRequest.EXPIRED, closed_at=now):
                audit.record("account.request_expired", subject=person_id, by=SYSTEM, now=now)
                expired += 1
    return expired
