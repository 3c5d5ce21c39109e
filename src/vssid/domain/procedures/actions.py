"""Move a request: submit, accept, ask for more, answer, approve, refuse, withdraw. One transaction each.

What a move brings with it stands in `moves`; who comes second is told who was first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.casework import desk, numbers, why
from vssid.domain.casework.errors import NotReady
from vssid.domain.casework.kinds import Act
from vssid.domain.casework.reasons import read as read_reasons
from vssid.domain.casework.reasons import read_text
from vssid.domain.casework.why import NO_REASONS, Given
from vssid.kernel.actor import SYSTEM, Actor, person
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours

from . import drafts, files, results
from .definition import term, walk
from .definition.catalogue import PROCEDURES
from .definition.shapes import Kind
from .desk import readiness
from .desk.doubt_classes import CLASSES
from .errors import Changed, Incomplete
from .models import Counter, Move, Request
from .moves import REQUEST, move
from .reasons import MORE, REFUSE
from .states import State

ANSWER = "bo-sung"


def submit(person_id: int, request_id: int, *, version: int, now: datetime) -> int:
    """Send a draft as it was reviewed (`version`); returns its id, the same however often it is sent.

    Raises NotYours, Incomplete, NotEligible, or Changed when the draft was changed after the review.
    """
    with transaction.atomic():
        # The draft's row decides a double tap: the second waits here and then finds it sent.
        row = _own(person_id, request_id)
        if row.state != State.DRAFT:
            return row.id
        if row.version != version:
            raise Changed
        return _submit(row, now)


def _submit(row: Request, now: datetime) -> int:
    kind = Kind(row.kind)
    answers = drafts.opened(row)
    missing = walk.first_missing(PROCEDURES[kind], answers, files.of(row.person_id, row.id))
    if missing is not None:
        raise Incomplete(step=missing.name)
    if (late := results.overtaken(kind, answers, local_day(now))) is not None:
        raise Incomplete(step=late)
    register = drafts.standing(row.person_id, kind, now=now).person
    office = drafts.office_of(register)
    kept = walk.relevant(PROCEDURES[kind], answers)
    move(
        row,
        Act("submit", person(row.person_id), now),
        number="DV" + numbers.next_at(Counter, office.code, now=now),
        office_id=office.code,
        full_name=register.full_name,
        submitted_at=now,
        due_on=term.due(kind, now),
        **drafts.sealed(row, kept),
    )
    return row.id


def _own(person_id: int, request_id: int) -> Request:
    """The person's own request, locked. Raises NotYours."""
    row = Request.objects.select_for_update().filter(person_id=person_id, id=request_id).first()
    if row is None:
        raise NotYours
    return row


def _by_officer(person_id: int, request_id: int, act: Act, **columns: Any) -> None:
    with transaction.atomic():
        move(desk.lock_for(REQUEST, (person_id, request_id), act), act, **columns)


def accept(person_id: int, request_id: int, *, by: Actor, now: datetime) -> None:
    """An officer takes the request into review. Raises NotYours, AlreadyMoved, InOtherHands."""
    _by_officer(person_id, request_id, Act("accept", by, now))


def ask_more(
    person_id: int, request_id: int, *, reasons: Sequence[str], text: str, by: Actor, now: datetime
) -> None:
    """Ask the person for more; the term stops. Raises as `refuse`."""
    said = read_reasons(reasons, text, MORE)
    _by_officer(person_id, request_id, Act("ask_more", by, now, said.reasons, said.text), due_on=None)


def refuse(
    person_id: int, request_id: int, *, reasons: Sequence[str], text: str, by: Actor, now: datetime
) -> None:
    """Refuse with reasons and a text for the person.

    Raises NotYours, AlreadyMoved, InOtherHands or Invalid(reasons, text).
    """
    said = read_reasons(reasons, text, REFUSE)
    _by_officer(person_id, request_id, Act("refuse", by, now, said.reasons, said.text))


def approve(
    person_id: int,
    request_id: int,
    *,
    text: str = "",
    by: Actor,
    now: datetime,
    seen: str | None = None,
    given: Given = NO_REASONS,
) -> None:
    """Approve; what counts from today is in the register then, what counts later is written on its day.

    `seen` is the mark of the doubts that the officer was shown, `given` the reason for each class of them
    (`casework.why`). Raises NotYours, AlreadyMoved, InOtherHands, Unconfirmed, Unexplained, CannotWrite, or
    Invalid(text=too_long).
    """
    act, today = Act("approve", by, now, text=read_text(text)), local_day(now)
    with transaction.atomic():
        row = desk.lock_for(REQUEST, (person_id, request_id), act)
        ready = readiness.read(row, now=now)
        despite = why.require(ready, seen, given, CLASSES, refusal=NotReady)
        act = replace(act, facts=why.facts(ready, despite))
        from_day = results.counts_from(row, today)
        columns = {"effective_on": from_day} | ({"written_at": now} if from_day <= today else {})
        move(row, act, **columns)
        if from_day <= today:
            results.write(row, from_day, by=by, now=now)


def write_result(person_id: int, request_id: int, *, now: datetime) -> bool:
    """Write an approved result whose day has come; returns whether it did. Raises CannotWrite."""
    due = {"state": State.DONE, "written_at": None, "effective_on__lte": local_day(now)}
    with transaction.atomic():
        mine = Request.objects.filter(person_id=person_id, id=request_id, **due)
        row = mine.first()
        if row is None or row.effective_on is None or not mine.update(written_at=now):
            return False
        results.write(row, row.effective_on, by=SYSTEM, now=now)
        audit.record(
            "procedure.written", subject=person_id, by=SYSTEM, now=now, facts={"request": request_id}
        )
    return True


def answer(person_id: int, request_id: int, *, text: str, photo: bytes | None = None, now: datetime) -> None:
    """The person gives what was asked for, in words, a picture or both; the term starts anew.

    Raises NotYours, AlreadyMoved, BadImage, or Invalid(text=required | too_long).
    """
    act = Act("answer", person(person_id), now, text=read_text(text, required=photo is None))

    def answered() -> None:
        row = _own(person_id, request_id)
        move(row, act, due_on=term.due(Kind(row.kind), now))

    if photo is None:
        with transaction.atomic():
            answered()
        return
    # Before the picture is looked at and stored: a stranger's request takes none.
    if not Request.objects.filter(person_id=person_id, id=request_id).exists():
        raise NotYours
    number = Move.objects.filter(person_id=person_id, request_id=request_id, move="answer").count() + 1
    files.store(person_id, request_id, f"{ANSWER}-{number}", photo, now=now, allowed=answered)


def withdraw(person_id: int, request_id: int, *, by: Actor | None = None, now: datetime) -> None:
    """The person takes the request back. Twice is once. Raises NotYours or AlreadyMoved.

    `by` is somebody else only when the request stands twice, under two codes of one person.
    """
    with transaction.atomic():
        row = _own(person_id, request_id)
        if row.state != State.WITHDRAWN:
            move(row, Act("withdraw", by or person(person_id), now))
