"""What a guardian does with a request: fill it in, send it, take it back. One transaction each."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from vssid.domain.accounts.guardianship import guardians
from vssid.domain.casework import clocks, moves
from vssid.domain.casework.kinds import Act
from vssid.domain.identity import actions as identity
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.queries import ImageView
from vssid.domain.offices import queries as offices
from vssid.domain.participants import queries as participants
from vssid.domain.vault import sealing as vault
from vssid.domain.verification import limits
from vssid.infra.database.constraints import constraint_of
from vssid.infra.database.first_row import lock_or_make
from vssid.kernel.actor import Actor, person
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.ids import BhxhCode

from . import compare, form, rules
from .errors import RequestIncomplete, RequestOpen
from .models import ChildRequest
from .moves import CHILD
from .states import State


def save(guardian_id: int, child: form.Child, *, now: datetime) -> int:
    """Keep what was typed in the guardian's draft, a new one if there is none; returns its id.

    Raises Invalid(code=own) for the guardian's own code, RequestOpen, or AlreadyLinked.
    """
    known = participants.by_bhxh_code(child.code)
    if known is not None and known.person_id == guardian_id:
        raise Invalid(code="own")
    keys = child_keys(child.code)
    child_id = known.person_id if known else None
    _must_be_new(guardian_id, keys, child_id, now)
    with transaction.atomic():
        row = _locked_draft(guardian_id, now)
        _seal(row, child)
        row.child_key, row.child_id, row.child_name = keys[0], child_id, child.full_name
        row.updated_at = now
        row.save()
    return row.id


def _seal(row: ChildRequest, child: form.Child) -> None:
    """The one way to write what was typed: with a new version, to which it is bound."""
    row.version += 1
    row.sealed = vault.seal_json(row.id, form.SEALED, child.as_json(), row=row.version)


def child_keys(code: BhxhCode) -> list[bytes]:
    """A child's code as requests hold it, under every fingerprint key, today's first."""
    return vault.fingerprints("family-child", code.reveal())


def _must_be_new(guardian_id: int, keys: list[bytes], child_id: int | None, now: datetime) -> None:
    sent = ChildRequest.objects.filter(person_id=guardian_id, state=State.SUBMITTED)
    same = sent.filter(child_key__in=keys).first()
    if same is None and child_id is not None:
        same = sent.filter(child_id=child_id).first()
    if same is not None:
        raise RequestOpen(request=same.id)
    if child_id is not None and guardians.has_link(guardian_id, child_id, now=now):
        raise guardians.AlreadyLinked


def _locked_draft(guardian_id: int, now: datetime) -> ChildRequest:
    def new() -> ChildRequest:
        return ChildRequest(
            person_id=guardian_id, id=vault.new_subject_id(), sealed=b"", child_key=b"", updated_at=now
        )

    # Of two first pages sent at once the later finds the draft of the earlier.
    return lock_or_make(ChildRequest.objects.filter(person_id=guardian_id, state=State.DRAFT), new)


def store_paper(guardian_id: int, kind: ImageKind, data: bytes, *, address: str, now: datetime) -> ImageView:
    """Judge and keep one paper of the guardian's draft. Raises NotYours without one, Limited, or BadImage."""
    row = ChildRequest.objects.filter(person_id=guardian_id, state=State.DRAFT).first()
    if row is None or kind not in rules.PAPERS:
        raise NotYours
    limits.hit("photo_draft", str(row.id), now=now)
    limits.hit("photo_address", address, now=now)

    def still_a_draft() -> None:
        rows = ChildRequest.objects.filter(person_id=guardian_id, id=row.id, state=State.DRAFT)
        if not rows.update(updated_at=now, **{f"{kind.value}_at": now}):
            raise NotYours

    return identity.store(row.id, kind, data, now=now, allowed=still_a_draft)


def missing_to_send(row: ChildRequest) -> tuple[str, ...]:
    """Which papers a draft lacks: birth, portrait."""
    return tuple(kind.value for kind in rules.PAPERS if getattr(row, f"{kind.value}_at") is None)


def submit(guardian_id: int, request_id: int, *, office_code: str, now: datetime) -> None:
    """Send the draft to an office. Sent twice it is sent once.

    Raises NotYours, RequestIncomplete, RequestClosed, RequestOpen, AlreadyLinked, Limited, or
    Invalid(office_code=bad_choice), Invalid(birth_date=of_age) when the child has grown up meanwhile.
    """
    row = ChildRequest.objects.filter(person_id=guardian_id, id=request_id).first()
    if row is None:
        raise NotYours
    if row.state != State.DRAFT:
        return
    if not offices.exists(office_code) or not offices.office(office_code).receives_applications:
        raise Invalid(office_code="bad_choice")
    limits.hit("family_submit", str(guardian_id), now=now)
    try:
        with transaction.atomic():
            _submit(guardian_id, request_id, office_code, now)
    except IntegrityError as refused:
        if constraint_of(refused) in {"families_one_open_code", "families_one_open_child"}:
            raise RequestOpen(request=None) from None
        raise


def _submit(guardian_id: int, request_id: int, office_code: str, now: datetime) -> None:
    row = own_locked(guardian_id, request_id)
    if row.state != State.DRAFT:
        return
    if missing := missing_to_send(row):
        raise RequestIncomplete(missing=missing)
    typed = typed_of(row)
    today = local_day(now)
    form.clean(typed.as_json(), today=today)
    known = participants.by_bhxh_code(typed.code)
    _must_be_new(guardian_id, child_keys(typed.code), known.person_id if known else None, now)
    due_on = clocks.calendar_days(now, rules.REVIEW_DAYS)
    moves.move(
        CHILD,
        row,
        Act("send", person(guardian_id), now, facts={"due_on": due_on.isoformat()}),
        child_id=known.person_id if known else None,
        findings=compare.findings(typed, known, participants.person(guardian_id), today),
        office_id=office_code,
        submitted_at=now,
        due_on=due_on,
    )


def withdraw(guardian_id: int, request_id: int, *, by: Actor | None = None, now: datetime) -> None:
    """Take a request back. Twice is once. Raises NotYours, or RequestClosed once it was decided.

    `by` is somebody else only when the request stands twice, under two codes of one person.
    """
    with transaction.atomic():
        row = own_locked(guardian_id, request_id)
        if row.state != State.WITHDRAWN:
            moves.move(CHILD, row, Act("withdraw", by or person(guardian_id), now))


def own_locked(guardian_id: int, request_id: int) -> ChildRequest:
    """The guardian's request, locked. Raises NotYours."""
    rows = ChildRequest.objects.select_for_update()
    row = rows.filter(person_id=guardian_id, id=request_id).first()
    if row is None:
        raise NotYours
    return row


def typed_of(row: ChildRequest) -> form.Child:
    """What was typed, unsealed."""
    return form.opened(row)


def discard(guardian_id: int, request_id: int, *, before: datetime) -> bool:
    """Delete a draft left alone since, with its papers and its key; returns whether it was there."""
    with transaction.atomic():
        rows = ChildRequest.objects.filter(person_id=guardian_id, id=request_id, state=State.DRAFT)
        deleted, _ = rows.filter(updated_at__lte=before).delete()
        if deleted:
            identity.erase(request_id)
            vault.erase(request_id)
    return bool(deleted)


def erase_papers(guardian_id: int, request_id: int, *, now: datetime) -> bool:
    """Delete the papers of a closed request; returns whether it did."""
    with transaction.atomic():
        rows = ChildRequest.objects.filter(person_id=guardian_id, id=request_id, papers_erased_at=None)
        won = rows.exclude(closed_at=None).update(papers_erased_at=now)
        if won:
            identity.erase(request_id)
    return bool(won)
