"""Approve an application, at once or by two officers, or send a first approval back. One transaction each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from vssid.domain.accounts import actions as accounts
from vssid.domain.casework import claims, desk, moves, why
from vssid.domain.casework.kinds import Act
from vssid.domain.casework.reasons import read as read_reasons
from vssid.domain.casework.why import NO_REASONS, Given
from vssid.domain.offices.rights import Right
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day

from .. import notices
from ..counter import intake
from ..desk import log, readiness
from ..desk.readiness import Readiness
from ..errors import AwaitsSecond, NotAwaiting, NotReady
from ..models import Application, SecondLook
from ..models.trials import APPROVE, SEND_BACK
from ..moves import APPLICATION
from ..reasons import SENT_BACK
from ..trials import ending
from ..trials.outcomes import Verdict
from . import risk, second_looks
from .doubt_classes import CLASSES
from .second_looks import waiting_of


def approve(
    application_id: int, *, by: Actor, now: datetime, seen: str | None = None, given: Given = NO_REASONS
) -> bool:
    """Approve: state, account, audit event and message exist together or not at all.

    False: the approval is kept, and waits for a second officer's (`confirm`). `seen` is the mark of the
    doubts that the officer was shown, `given` the reason for each class of them (`casework.why`). Raises
    NotYours, AlreadyDecided (who was first), InOtherHands, AwaitsSecond, NotReady (what is missing),
    Unconfirmed (doubts other than `seen`), Unexplained, AlreadyHasAccount.
    """
    with transaction.atomic():
        row = desk.lock_open(APPLICATION, application_id, by=by, now=now)
        if (look := waiting_of(row.id)) is not None:
            raise AwaitsSecond(by=look.first_by, at=look.first_at)
        ready = readiness.read(row, on=local_day(now))
        despite = why.require(ready, seen, given, CLASSES, refusal=NotReady)
        before, alone = second_looks.of(row.id), intake.is_of(row.id, by)
        cause = before.cause if before else risk.cause(row.id, ready.doubts, alone=alone)
        facts = why.facts(ready, despite) | ({"taken_in": True} if alone else {})
        if cause:
            _keep_first(row, cause, despite, facts, by=by, now=now)
            return False
        _open(row, ready, despite, facts, by=by, now=now)
    return True


def confirm(
    application_id: int, *, by: Actor, now: datetime, seen: str | None = None, given: Given = NO_REASONS
) -> None:
    """Approve as the second officer, of the file's office or one above. Then the account is opened.

    Raises NotYours, NotAllowed, AlreadyDecided, InOtherHands, NotAwaiting, AwaitsSecond for who was the
    first, and as `approve`; a class of doubts that the first gave a reason for needs none.
    """
    with transaction.atomic():
        row, look = _lock_waiting(application_id, by=by, now=now)
        ready = readiness.read(row, on=local_day(now))
        given = {**look.despite, **given}
        despite = why.require(ready, seen, given, CLASSES, refusal=NotReady)
        facts = why.facts(ready, despite) | {"first": look.first_by}
        _open(row, ready, despite, facts, by=by, now=now)


def send_back(application_id: int, *, reasons: Sequence[str], text: str, by: Actor, now: datetime) -> None:
    """Give a first approval back to the queue, with reasons that the office reads; the person hears nothing.

    Raises as `confirm`, or Invalid(reasons=required | bad_choice, text=required | too_long).
    """
    said = read_reasons(reasons, text, SENT_BACK)
    with transaction.atomic():
        row, look = _lock_waiting(application_id, by=by, now=now)
        if row.is_trial:
            ending.decide(row, Verdict(by.id or 0, by.name, SEND_BACK, said.reasons), by=by, now=now)
            return
        look.is_waiting = False
        look.returned_at, look.returned_by = now, by.name
        look.reasons, look.reason_text = list(said.reasons), said.text
        look.save()
        claims.release(APPLICATION.name, row.id)
        facts = {"reasons": list(said.reasons), "first": look.first_by}
        log.record("application.sent_back", row, by=by, now=now, facts=facts, office=row.office_id)


def _lock_waiting(application_id: int, *, by: Actor, now: datetime) -> tuple[Application, SecondLook]:
    # The application's row is locked first, as everywhere: of two second officers one comes later.
    row = desk.lock_open(APPLICATION, application_id, by=by, now=now, need=Right.CONFIRM_REGISTRATIONS)
    look = waiting_of(row.id)
    if look is None:
        raise NotAwaiting
    if look.first_by_id == by.id:
        raise AwaitsSecond(by=look.first_by, at=look.first_at)
    return row, look


def _keep_first(
    row: Application, cause: str, despite: Given, facts: dict[str, Any], *, by: Actor, now: datetime
) -> None:
    SecondLook.objects.update_or_create(
        application_id=row.id,
        defaults={
            "office_id": row.office_id,
            "cause": cause,
            "is_waiting": True,
            "first_by_id": by.id or 0,
            "first_by": by.name,
            "first_at": now,
            "despite": dict(despite),
        },
    )
    claims.release(APPLICATION.name, row.id)
    facts = {"cause": cause, **facts}
    log.record("application.first_approved", row, by=by, now=now, facts=facts, office=row.office_id)


def _open(
    row: Application, ready: Readiness, despite: Given, facts: dict[str, Any], *, by: Actor, now: datetime
) -> None:
    if row.is_trial:
        ending.decide(row, Verdict(by.id or 0, by.name, APPROVE), by=by, now=now)
        return
    person, typed = ready.register, ready.form
    assert person is not None  # else it is missing
    owner = accounts.Owner(person.person_id, typed.bhxh_code, person.full_name, typed.phone, person.id_number)
    activation = accounts.open_for(owner, by=by, subject=row.id, now=now)
    moves.move(
        APPLICATION,
        row,
        Act("approve", by, now, facts=facts),
        findings=[finding.as_json() for finding in ready.findings],
        person_id=person.person_id,
        despite=dict(despite),
    )
    notices.send_activation(row, typed.phone, account=typed.bhxh_code, password=activation, now=now)
