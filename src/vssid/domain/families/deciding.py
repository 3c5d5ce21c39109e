"""What an office does with a request: look, approve, refuse, end the link. Other offices find nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from vssid.domain.accounts.guardianship import guardians
from vssid.domain.audit import actions as audit
from vssid.domain.casework import desk, moves, why
from vssid.domain.casework.kinds import Act
from vssid.domain.casework.reasons import read as read_reasons
from vssid.domain.casework.why import NO_REASONS, Given
from vssid.domain.offices.rights import Right
from vssid.kernel.actor import Actor
from vssid.kernel.errors import NotYours

from .desk import readiness
from .desk.doubt_classes import CLASSES
from .errors import NotApprovable
from .moves import CHILD
from .reasons import REASONS


def see_certificate(guardian_id: int, request_id: int, *, by: Actor, now: datetime) -> None:
    """Record that the birth certificate was compared. Twice is once.

    Raises NotYours, RequestClosed or InOtherHands.
    """
    with transaction.atomic():
        row = desk.lock_open(CHILD, (guardian_id, request_id), by=by, now=now, need=Right.CHECK_PAPERS)
        if desk.check_off(CHILD, row, "certificate_seen", by=by, now=now):
            audit.record("family.certificate_seen", subject=row.id, by=by, now=now)


def unsee_certificate(guardian_id: int, request_id: int, *, by: Actor, now: datetime) -> None:
    """Take that back: it was recorded by mistake. Twice is once. Raises as `see_certificate`."""
    with transaction.atomic():
        row = desk.lock_open(CHILD, (guardian_id, request_id), by=by, now=now, need=Right.CHECK_PAPERS)
        if desk.take_back(CHILD, row, "certificate_seen"):
            audit.record("family.certificate_unseen", subject=row.id, by=by, now=now)


def approve(
    guardian_id: int,
    request_id: int,
    *,
    by: Actor,
    now: datetime,
    seen: str | None = None,
    given: Given = NO_REASONS,
) -> None:
    """Approve: state, link, audit event and messages exist together or not at all.

    `seen` is the mark of the findings that the officer was shown, `given` the reason for each class of them
    (`casework.why`). Raises NotYours, RequestClosed (who was first), InOtherHands, NotApprovable,
    Unconfirmed, Unexplained, or what `guardians.link` refuses.
    """
    with transaction.atomic():
        row = desk.lock_open(CHILD, (guardian_id, request_id), by=by, now=now)
        ready = readiness.read(row, now=now)
        despite = why.require(ready, seen, given, CLASSES, refusal=NotApprovable)
        child = ready.child
        assert child is not None  # else it is missing
        bond = guardians.Bond(
            guardian_id, child.person_id, child.full_name, child.birth_date, ready.typed.relation, row.id
        )
        link_id = guardians.link(bond, by=by, now=now)
        act = Act("approve", by, now, facts=why.facts(ready, despite))
        decided = {"findings": list(ready.doubts), "despite": despite}
        moves.move(CHILD, row, act, child_id=child.person_id, link_id=link_id, **decided)
        guardians.tell_others(child.person_id, but=guardian_id, now=now)


def refuse(
    guardian_id: int, request_id: int, *, reasons: Sequence[str], text: str, by: Actor, now: datetime
) -> None:
    """Refuse with reason codes and a text that the guardian will read.

    Raises NotYours, RequestClosed, InOtherHands, or Invalid(reasons=required | bad_choice,
    text=required | too_long).
    """
    said = read_reasons(reasons, text, REASONS)
    with transaction.atomic():
        row = desk.lock_open(CHILD, (guardian_id, request_id), by=by, now=now)
        act = Act("refuse", by, now, said.reasons)
        moves.move(CHILD, row, act, reasons=list(said.reasons), reason_text=said.text)


def end_link(guardian_id: int, request_id: int, *, by: Actor, now: datetime) -> None:
    """End the link that this office approved. Twice is once. Raises NotYours, also where there is no link."""
    row = desk.find(CHILD, (guardian_id, request_id), by=by, need=Right.DECIDE_FAMILIES)
    if row.link_id is None:
        raise NotYours
    guardians.end(guardian_id, row.link_id, reason="office", by=by, now=now)
