"""What an office does with a request: look, approve, refuse, end the link. Other offices find nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from vssid.domain.accounts import ages, guardians, telling
from vssid.domain.audit import actions as audit
from vssid.domain.casework import claims, doubts
from vssid.domain.identity import queries as images
from vssid.domain.participants import queries as participants
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.text import tidy_lines

from . import actions, compare, rules
from .errors import NotApprovable, RequestClosed
from .models import ChildRequest
from .reasons import REASONS
from .states import State

LONGEST_TEXT = 1000


def number_of(request_id: int) -> str:
    """The number of a request as people say it."""
    return f"GD-{request_id:06d}"


def see_certificate(guardian_id: int, request_id: int, *, by: Actor, now: datetime) -> None:
    """Record that the birth certificate was compared. Twice is once.

    Raises NotYours, RequestClosed or InOtherHands.
    """
    with transaction.atomic():
        row = _open_at_office(guardian_id, request_id, by, now)
        if row.certificate_seen_at is None:
            row.certificate_seen_at, row.certificate_seen_by = now, by.name
            row.save(update_fields=["certificate_seen_at", "certificate_seen_by"])
            audit.record("family.certificate_seen", subject=row.id, by=by, now=now)


def unsee_certificate(guardian_id: int, request_id: int, *, by: Actor, now: datetime) -> None:
    """Take that back: it was recorded by mistake. Twice is once. Raises as `see_certificate`."""
    with transaction.atomic():
        row = _open_at_office(guardian_id, request_id, by, now)
        if row.certificate_seen_at is not None:
            row.certificate_seen_at, row.certificate_seen_by = None, ""
            row.save(update_fields=["certificate_seen_at", "certificate_seen_by"])
            audit.record("family.certificate_unseen", subject=row.id, by=by, now=now)


def missing(row: ChildRequest, *, now: datetime) -> tuple[str, ...]:
    """What approval waits for: certificate, birth, portrait, child, of_age, guardian, linked, places."""
    today = local_day(now)
    child = participants.by_bhxh_code(actions.typed_of(row).code)
    guardian = participants.person(row.person_id)
    kept = images.images_of(row.id)
    found = [
        *(["certificate"] if row.certificate_seen_at is None else []),
        *(kind.value for kind in rules.PAPERS if kind not in kept),
    ]
    if guardian is None or ages.is_child(guardian.birth_date, today):
        found.append("guardian")
    if child is None or child.person_id == row.person_id:
        return (*found, "child")
    if not ages.is_child(child.birth_date, today):
        found.append("of_age")
    if guardians.has_link(row.person_id, child.person_id, now=now):
        found.append("linked")
    elif guardians.is_full(child.person_id, now=now):
        found.append("places")
    return tuple(found)


def approve(guardian_id: int, request_id: int, *, by: Actor, now: datetime, seen: str | None = None) -> None:
    """Approve: state, link, audit event and messages exist together or not at all.

    `seen` is the mark of the findings that the officer was shown (`casework.doubts`). Raises NotYours,
    RequestClosed (who was first), InOtherHands, NotApprovable, Unconfirmed, or what `guardians.link` refuses.
    """
    with transaction.atomic():
        row = _open_at_office(guardian_id, request_id, by, now)
        if lacks := missing(row, now=now):
            raise NotApprovable(missing=lacks)
        typed = actions.typed_of(row)
        child = participants.by_bhxh_code(typed.code)
        assert child is not None
        row.findings = compare.findings(typed, child, participants.person(guardian_id), local_day(now))
        doubts.confirmed(row.findings, seen)
        bond = guardians.Bond(
            guardian_id, child.person_id, child.full_name, child.birth_date, typed.relation, row.id
        )
        row.child_id = child.person_id
        row.link_id = guardians.link(bond, by=by, now=now)
        _close(row, "approve", by=by, now=now)
        guardians.tell_others(child.person_id, but=guardian_id, now=now)


def refuse(
    guardian_id: int, request_id: int, *, reasons: Sequence[str], text: str, by: Actor, now: datetime
) -> None:
    """Refuse with reason codes and a text that the guardian will read.

    Raises NotYours, RequestClosed, InOtherHands, or Invalid(reasons=required | bad_choice,
    text=required | too_long).
    """
    text = tidy_lines(text)
    _check(reasons, text)
    with transaction.atomic():
        row = _open_at_office(guardian_id, request_id, by, now)
        row.reasons, row.reason_text = list(dict.fromkeys(reasons)), text
        _close(row, "refuse", by=by, now=now)


def _check(reasons: Sequence[str], text: str) -> None:
    wrong = {}
    if not reasons:
        wrong["reasons"] = "required"
    elif any(code not in REASONS for code in reasons):
        wrong["reasons"] = "bad_choice"
    if not text:
        wrong["text"] = "required"
    elif len(text) > LONGEST_TEXT:
        wrong["text"] = "too_long"
    if wrong:
        raise Invalid(**wrong)


def end_link(guardian_id: int, request_id: int, *, by: Actor, now: datetime) -> None:
    """End the link that this office approved. Twice is once. Raises NotYours, also where there is no link."""
    row = at_office(guardian_id, request_id, by)
    if row.link_id is None:
        raise NotYours
    guardians.end(guardian_id, row.link_id, reason="office", by=by, now=now)


def _close(row: ChildRequest, name: str, *, by: Actor, now: datetime) -> None:
    actions.move(row, name)
    row.closed_at, row.closed_by = now, by.name
    row.save()
    claims.release(claims.CHILD, row.id)
    facts: dict[str, Any] = {"reasons": row.reasons} if row.reasons else {}
    if row.state == State.APPROVED and row.findings:
        facts["despite"] = list(row.findings)
    audit.record(f"family.{row.state}", subject=row.id, by=by, now=now, facts=facts)
    said = {"number": number_of(row.id), "request": row.id}
    telling.tell(row.person_id, f"family_{row.state}", now=now, facts=said, registered=True)


def at_office(guardian_id: int, request_id: int, by: Actor) -> ChildRequest:
    """A sent request at the officer's own office. Raises NotYours."""
    return _found(ChildRequest.objects.filter(person_id=guardian_id, id=request_id), by)


def _at_office(guardian_id: int, request_id: int, by: Actor) -> ChildRequest:
    rows = ChildRequest.objects.select_for_update()
    return _found(rows.filter(person_id=guardian_id, id=request_id), by)


def _found(rows: QuerySet[ChildRequest], by: Actor) -> ChildRequest:
    # A draft has no office, so it is nobody's at a desk; one that was withdrawn unsent neither.
    row = rows.filter(office_id=by.office).first() if by.office else None
    if row is None:
        raise NotYours
    return row


def _open_at_office(guardian_id: int, request_id: int, by: Actor, now: datetime) -> ChildRequest:
    """The open request, locked, that no colleague has in hand."""
    row = _at_office(guardian_id, request_id, by)
    if row.state != State.SUBMITTED:
        raise RequestClosed(state=row.state, by=row.closed_by, at=row.closed_at)
    claims.guard(claims.CHILD, row.id, by=by, now=now)
    return row
