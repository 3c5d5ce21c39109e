"""Carry out what an officer decided at an employer's: each decision once, by the desk's own actions."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.casework import desk
from vssid.domain.offices.rights import Right
from vssid.domain.registration import actions
from vssid.domain.registration.deciding import approving
from vssid.domain.registration.desk import readiness
from vssid.domain.registration.errors import AlreadyDecided, AwaitsSecond
from vssid.domain.registration.models import Application
from vssid.domain.registration.moves import APPLICATION
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import DomainError, NotYours

from ..models.on_site import DayDevice, SiteDecision
from . import of_days as days
from .errors import Changed, DeviceWithdrawn, NotNamed
from .versions import differing, version

Outcome, What = SiteDecision.Outcome, SiteDecision.What
# A device's clock that is further off is told.
CLOCK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Sent:
    """A decision as the device sends it. `sent_at` is its clock now, `checked` what the officer ticked:
    `form` (signed, in hand) and `original` (ID in hand, compared). `seen` and `given` are as at the desk.
    """

    id: uuid.UUID
    day: uuid.UUID
    device: uuid.UUID
    application: int
    what: str
    decided_at: datetime
    sent_at: datetime
    version: str
    checked: frozenset[str] = frozenset()
    reasons: tuple[str, ...] = ()
    text: str = ""
    seen: str = ""
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a decision; `said` is its reason as code and facts, `refused` the refusal itself where
    it was made just now. `minutes_off`: how far the device's clock is ahead (or behind), beyond some minutes.
    """

    outcome: str
    said: Mapping[str, Any]
    refused: DomainError | None = None
    minutes_off: int = 0


class _Repeated(Exception):
    """The same officer decided the same before, from another device."""


def decide(sent: Sent, *, by: Actor, now: datetime) -> Answer:
    """Carry out a decision, or say why not. The same number again changes nothing and has the same answer.

    Raises NotYours for what this device of this officer was never given.
    """
    with transaction.atomic():
        device = _device(sent, by, now)
        row, is_new = _keep(sent, by, now)
        if not is_new:
            return _again(row, sent, by, now)
        refused = _try(sent, device, row, by, now)
        if refused is not None or row.outcome != Outcome.APPLIED:
            row.save(update_fields=["outcome", "said"])
    return Answer(row.outcome, row.said, refused, _minutes_off(sent, now))


def _device(sent: Sent, by: Actor, now: datetime) -> DayDevice:
    row = DayDevice.objects.filter(day_id=sent.day, officer_id=by.id or 0, device=sent.device).first()
    if row is None or sent.application not in row.applications:
        raise NotYours
    DayDevice.objects.filter(id=row.id).update(last_seen_at=now)
    return row


def _keep(sent: Sent, by: Actor, now: datetime) -> tuple[SiteDecision, bool]:
    # Of two that come with one number at once, the second waits here until the first is through.
    return SiteDecision.objects.get_or_create(
        id=sent.id,
        defaults={
            "day_id": sent.day,
            "office_id": by.office,
            "application_id": sent.application,
            "officer_id": by.id or 0,
            "device": sent.device,
            "what": sent.what,
            "decided_at": sent.decided_at,
            "received_at": now,
            "version": sent.version[:64],
            "outcome": Outcome.APPLIED,
        },
    )


def _again(row: SiteDecision, sent: Sent, by: Actor, now: datetime) -> Answer:
    """The number came before; of another officer, or for another file, it is none of this one's."""
    same = (row.officer_id, row.application_id, row.day_id) == (by.id, sent.application, sent.day)
    if not same:
        raise NotYours
    outcome = Outcome.REPEATED if row.outcome == Outcome.APPLIED else row.outcome
    return Answer(outcome, row.said, None, _minutes_off(sent, now))


def _try(sent: Sent, device: DayDevice, row: SiteDecision, by: Actor, now: datetime) -> DomainError | None:
    try:
        with transaction.atomic():
            _allowed(sent, device, by, now)
            _carry_out(sent, row, by, now)
    except _Repeated:
        row.outcome = Outcome.REPEATED
    except (AlreadyDecided, Changed) as changed:
        row.outcome, row.said = Outcome.CHANGED, _said(changed)
        return changed
    except DomainError as refused:
        row.outcome, row.said = Outcome.REFUSED, _said(refused)
        return refused
    return None


def _allowed(sent: Sent, device: DayDevice, by: Actor, now: datetime) -> None:
    if device.withdrawn_at is not None:
        raise DeviceWithdrawn
    if not days.is_named(sent.day, by):
        raise NotNamed


def _carry_out(sent: Sent, row: SiteDecision, by: Actor, now: datetime) -> None:
    try:
        file = desk.lock_open(APPLICATION, sent.application, by=by, now=now, need=Right.DECIDE_REGISTRATIONS)
    except AlreadyDecided:
        if _decided_before(sent, by):
            raise _Repeated from None
        raise
    if _decided_before(sent, by, version=sent.version) and sent.what != What.APPROVE:
        raise _Repeated
    ready = readiness.read(file, on=local_day(now))
    if parts := differing(sent.version, version(file, ready)):
        raise Changed(parts=parts)
    try:
        _ACTS[sent.what](sent, file, by, now)
    except AwaitsSecond:
        if _decided_before(sent, by):
            raise _Repeated from None
        raise
    facts = {
        "day": str(sent.day),
        "what": str(sent.what),
        "decided_at": sent.decided_at.isoformat(timespec="seconds"),
    }
    if off := _minutes_off(sent, now):
        facts["clock"] = str(off)
    audit.record(
        "application.decided_on_site", subject=file.id, by=by, now=now, facts=facts, office=file.office_id
    )


def _decided_before(sent: Sent, by: Actor, **more: str) -> bool:
    rows = SiteDecision.objects.filter(application_id=sent.application, officer_id=by.id or 0, **more)
    return rows.filter(what=sent.what, outcome=Outcome.APPLIED).exclude(id=sent.id).exists()


def _approve(sent: Sent, file: Application, by: Actor, now: datetime) -> None:
    # What was not ticked the desk's own rule asks for (NotReady).
    if "form" in sent.checked:
        actions.receive_form(file.id, by=by, now=now)
    if "original" in sent.checked:
        actions.see_original(file.id, by=by, now=now)
    approving.approve(file.id, by=by, now=now, seen=sent.seen, given=sent.given)


def _refuse(sent: Sent, file: Application, by: Actor, now: datetime) -> None:
    actions.refuse(file.id, reasons=sent.reasons, text=sent.text, by=by, now=now)


def _unsigned(_sent: Sent, file: Application, by: Actor, now: datetime) -> None:
    actions.give_back_form(file.id, by=by, now=now)


def _absent(_sent: Sent, _file: Application, _by: Actor, _now: datetime) -> None:
    """Nothing of the file changes; the event says that the person did not come."""


_ACTS: Mapping[str, Callable[[Sent, Application, Actor, datetime], None]] = {
    What.APPROVE: _approve,
    What.REFUSE: _refuse,
    What.UNSIGNED: _unsigned,
    What.ABSENT: _absent,
}


def _minutes_off(sent: Sent, now: datetime) -> int:
    off = sent.sent_at - now
    return round(off.total_seconds() / 60) if abs(off) > CLOCK else 0


def _said(refused: DomainError) -> dict[str, Any]:
    facts = {name: _plain(value) for name, value in refused.facts.items()}
    return {"code": refused.code, **facts}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
