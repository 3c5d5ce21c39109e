"""The counter, the officer's side: see the original ID, carry out or refuse. Each lies at one office."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from vssid.domain.audit import actions as audit
from vssid.domain.casework import batches, desk, moves, why
from vssid.domain.casework.kinds import Act
from vssid.domain.casework.readiness import Readiness
from vssid.domain.casework.reasons import read as read_reasons
from vssid.domain.casework.why import NO_REASONS, Given
from vssid.domain.notifications.outbox import dead_addresses
from vssid.domain.notifications.outbox.dead_addresses import Mark
from vssid.domain.notifications.queries import MessageView, latest
from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.domain.verification import limits
from vssid.kernel.actor import SYSTEM, Actor
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.errors import Invalid
from vssid.kernel.ids import BadCode, Phone

from .. import actions
from ..contacts import changes, notify
from ..errors import NotActivating, RequestClosed, RequestNotReady
from ..guardianship import trusted
from ..models.accounts import Account, CounterRequest
from ..recovery import freezing
from . import issuing, owner_requests, readiness, second_officer
from .doubt_classes import CLASSES
from .moves import COUNTER
from .owner_requests import RequestView
from .reasons import REASONS
from .states import State

KINDS = (CounterRequest.PASSWORD, CounterRequest.PHONE, CounterRequest.THAW, CounterRequest.FREEZE)
BATCH = 500


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
    ready: Readiness
    """What carrying it out waits for and what speaks against it, for the officer who looks."""
    second_until: datetime | None
    """Until then a password takes an officer other than the one who set the phone."""
    original_counts: bool
    has_trusted: bool
    """A trusted person has agreed: the password may go to that phone as well."""


def open_at_desk(name: str, kind: str, *, by: Actor, now: datetime) -> tuple[int, uuid.UUID] | None:
    """The officer at the desk opens a request for a BHXH code or ID number; None when it has no account.

    An open request of the kind at this office is taken up. Raises NotAllowed, Invalid(kind=…) or Limited.
    """
    policy.require(by, Right.SERVE_COUNTER, by.office)
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


def open_at(at: str | Collection[str]) -> QuerySet[CounterRequest]:
    """The open requests at an office, or several."""
    return CounterRequest.objects.filter(desk.lying_at(at), state=State.OPEN)


def waiting_at(at: str | Collection[str]) -> list[tuple[RequestView, str]]:
    """The open requests at an office, or several, with the names of those who ask, oldest first."""
    views = [owner_requests.view_of(row) for row in open_at(at).order_by("asked_at")[:200]]
    people = Account.objects.filter(person_id__in=[view.person_id for view in views])
    names = dict(people.values_list("person_id", "display_name"))
    return [(view, names.get(view.person_id, "")) for view in views]


def at_desk(person_id: int, request_id: uuid.UUID, *, by: Actor) -> CounterRequest:
    """The request, for who may serve at its office. Raises NotYours or NotAllowed."""
    return desk.find(COUNTER, (person_id, request_id), by=by, need=Right.SERVE_COUNTER)


def look_at(person_id: int, request_id: uuid.UUID, *, by: Actor, now: datetime) -> DeskView:
    """The request with the account beside it; looking is recorded. Raises NotYours."""
    row = desk.find(COUNTER, (person_id, request_id), by=by)
    audit.record("account.request_viewed", subject=person_id, by=by, now=now)
    account = Account.objects.filter(person_id=person_id).first()
    message = latest(person_id, issuing.ACTIVATION)
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
        ready=readiness.read(row, account, by=by, now=now),
        second_until=second_officer.until(account, now) if account else None,
        original_counts=account is not None and second_officer.counts_look(row, account, now),
        message=message if message and message.created_at >= row.asked_at else None,
        has_trusted=trusted.has_agreed(person_id),
    )


def see_original(person_id: int, request_id: uuid.UUID, *, by: Actor, now: datetime) -> None:
    """The officer has seen the original ID and it is this person. Raises NotYours or RequestClosed."""
    with transaction.atomic():
        row = desk.lock_open(COUNTER, (person_id, request_id), by=by, now=now)
        account = Account.objects.filter(person_id=person_id).first()
        if account is None or not second_officer.counts_look(row, account, now):
            # The look of who has just set the phone does not count: this one takes its place.
            desk.take_back(COUNTER, row, "original_seen")
            desk.check_off(COUNTER, row, "original_seen", by=by, now=now, original_seen_by_id=by.id)
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
        row = desk.lock_open(COUNTER, (person_id, request_id), by=by, now=now)
        if owner_requests.keep_phone(row, phone):
            owner_requests.still_open(row).update(at_desk=True)
    # After the commit: a limit that refuses the code must stay counted, and the phone stays typed.
    owner_requests.send_code(at_desk(person_id, request_id, by=by), address=address, now=now)


def carry_out(
    person_id: int,
    request_id: uuid.UUID,
    *,
    also_trusted: bool = False,
    by: Actor,
    now: datetime,
    seen: str | None = None,
    given: Given = NO_REASONS,
) -> None:
    """Do what was asked; `seen` and `given`: the doubts that were shown, and why in spite of them
    (`casework.why`). Raises NotYours, RequestClosed, RequestNotReady(missing=…), Unconfirmed or Unexplained.

    A new password: every session and passkey ends, the activation password goes to the account's phone and,
    if the person at the desk asks for it (`also_trusted`), to the trusted person's. Raises OlderValue.
    """
    issuing.confirm_phone(at_desk(person_id, request_id, by=by), now)
    with transaction.atomic():
        # The account before the request, as its closing and merging lock them: else each waits for the other.
        account = Account.objects.select_for_update().filter(person_id=person_id).first()
        row = desk.lock_open(COUNTER, (person_id, request_id), by=by, now=now)
        if account is None:
            raise RequestClosed(state=State.EXPIRED, by="", at=None)
        ready = readiness.read(row, account, by=by, now=now)
        despite = why.require(ready, seen, given, CLASSES, refusal=RequestNotReady)
        act = Act("carry_out", by, now, facts={"kind": row.kind, **why.facts(ready, despite)})
        kept = {**second_officer.closing(row, now=now), "despite": despite}
        moves.move(COUNTER, row, act, closed_by_id=by.id, **kept)
        _do(row, account, by, now, also_trusted)


def _do(row: CounterRequest, account: Account, by: Actor, now: datetime, also_trusted: bool) -> None:
    if row.kind == CounterRequest.PASSWORD:
        issuing.issue(account, by, now, also_trusted)
        notify.tell(account.person_id, "password_reissued", now=now)
    elif row.kind == CounterRequest.THAW:
        freezing.thaw(account.person_id, by=by, how="office", now=now)
    elif row.kind == CounterRequest.FREEZE:
        freezing.freeze(account.person_id, by=by, how="office", now=now)
    else:
        phone = owner_requests.new_phone_of(row)
        assert phone is not None
        changes.apply(account.person_id, "phone", phone, by=by, now=now, at_desk=row.at_desk)


def issue_again(
    person_id: int, request_id: uuid.UUID, *, also_trusted: bool = False, by: Actor, now: datetime
) -> None:
    """The activation password did not arrive: a new one; the one before is dead.

    Only for a password request done at this office, until it runs out. Raises NotYours, NotActivating,
    SecondNeeded or OlderValue.
    """
    issuing.confirm_phone(at_desk(person_id, request_id, by=by), now)
    with transaction.atomic():
        # The request is closed and moves no more, so the account's lock is enough.
        row = at_desk(person_id, request_id, by=by)
        account = Account.objects.select_for_update().filter(person_id=person_id).first()
        done = row.kind == CounterRequest.PASSWORD and row.state == State.DONE and now < row.expires_at
        if not done or account is None or not account.must_set_password or account.phone is None:
            raise NotActivating
        second_officer.guard(account, by=by, now=now)
        issuing.issue(account, by, now, also_trusted)


def refuse(
    person_id: int, request_id: uuid.UUID, *, reasons: Sequence[str], text: str, by: Actor, now: datetime
) -> None:
    """Not done, with reason codes and a text that the person reads.

    Raises NotYours, RequestClosed, or Invalid(reasons=required | bad_choice, text=required | too_long).
    """
    said = read_reasons(reasons, text, REASONS)
    with transaction.atomic():
        row = desk.lock_open(COUNTER, (person_id, request_id), by=by, now=now)
        act = Act("refuse", by, now, said.reasons, facts={"kind": row.kind})
        moves.move(COUNTER, row, act, reasons=list(said.reasons), reason=said.text)


def expire_due(now: datetime) -> int:
    """Close what nobody came for; returns how many."""
    due = CounterRequest.objects.filter(state=State.OPEN, expires_at__lte=now)
    keys = due.values_list("person_id", "id")[:BATCH]
    return batches.each(keys, lambda key: _expire(*key, now=now), job="accounts.expire_requests")


def _expire(person_id: int, request_id: uuid.UUID, *, now: datetime) -> bool:
    with transaction.atomic():
        rows = COUNTER.rows((person_id, request_id)).select_for_update()
        # Asked again under the lock: an officer or the owner may have been first.
        row = rows.filter(state=State.OPEN, expires_at__lte=now).first()
        if row is None:
            return False
        moves.move(COUNTER, row, Act("expire", SYSTEM, now))
    return True
