"""Move a request: submit, accept, ask for more, answer, approve, refuse, withdraw. One transaction each.

Every move is one conditional UPDATE; who comes second is told who was first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from vssid.domain.audit import actions as audit
from vssid.domain.casework import claims
from vssid.domain.vault import actions as vault
from vssid.kernel.actor import SYSTEM, Actor, ActorKind, person
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.text import tidy_lines

from . import drafts, files, notices, queries, results, term, walk
from .catalogue import PROCEDURES
from .errors import AlreadyMoved, Changed, Incomplete
from .models import Move, Request
from .reasons import MORE, REFUSE
from .shapes import Kind
from .states import CLOSED, MOVES, State

LONGEST = 1000
ANSWER = "bo-sung"


def submit(person_id: int, request_id: int, *, version: int, now: datetime) -> int:
    """Send a draft as it was reviewed (`version`); returns its id, the same however often it is sent.

    Raises NotYours, Incomplete, NotEligible, or Changed when the draft was changed after the review.
    """
    with transaction.atomic():
        # The draft's row decides a double tap: the second waits here and then finds it sent.
        row = Request.objects.select_for_update().filter(person_id=person_id, id=request_id).first()
        if row is None:
            raise NotYours
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
    _move(
        row,
        "submit",
        by=person(row.person_id),
        now=now,
        number=_next_number(office.code, now),
        office_id=office.code,
        full_name=register.full_name,
        submitted_at=now,
        due_on=term.due(kind, now),
        answers=vault.seal_json(row.person_id, drafts.purpose(row.id), kept),
    )
    return row.id


def _next_number(office_code: str, now: datetime) -> str:
    year = local_day(now).year
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procedures_counter (office_code, year, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (office_code, year) DO UPDATE SET last = procedures_counter.last + 1"
            " RETURNING last",
            [office_code, year],
        )
        return f"DV{cursor.fetchone()[0]:05d}/{year}/{office_code}"


def _own(person_id: int, request_id: int) -> Request:
    row = Request.objects.filter(person_id=person_id, id=request_id).first()
    if row is None:
        raise NotYours
    return row


def _move(
    row: Request,
    move: str,
    *,
    by: Actor,
    now: datetime,
    said: tuple[Sequence[str], str] = ((), ""),
    **columns: Any,
) -> None:
    """Move the row, note it, audit it and tell of it; `said` is reasons and a text.

    Raises AlreadyMoved, and InOtherHands when an officer moves what a colleague has in hand.
    """
    sources, to = MOVES[move]
    closed = {"closed_at": now} if to in CLOSED else {}
    mine = Request.objects.filter(person_id=row.person_id, id=row.id)
    won = mine.filter(state__in=sources).update(
        state=to, updated_at=now, moved_by=by.name, **closed, **columns
    )
    row.refresh_from_db()
    if not won:
        raise AlreadyMoved(state=row.state, by=row.moved_by, at=row.updated_at)
    if by.kind is ActorKind.OFFICER:
        claims.guard(claims.REQUEST, row.id, by=by, now=now)
    if to in CLOSED or to == State.MORE_NEEDED:
        claims.release(claims.REQUEST, row.id)
    reasons, text = said
    Move.objects.create(
        person_id=row.person_id,
        request_id=row.id,
        move=move,
        at=now,
        by_kind=by.kind.value,
        by_name=by.name,
        reasons=list(reasons),
        text=vault.seal_json(row.person_id, said_purpose(row.id), text) if text else None,
    )
    audit.record(
        f"procedure.{move}",
        subject=row.person_id,
        by=by,
        now=now,
        facts={"request": row.id, "kind": row.kind, "reasons": list(reasons)},
        office=row.office_id or "",
    )
    notices.tell(row, move, now)


def accept(person_id: int, request_id: int, *, by: Actor, now: datetime) -> None:
    """An officer takes the request into review. Raises NotYours, AlreadyMoved, InOtherHands."""
    with transaction.atomic():
        _move(queries.at_office(person_id, request_id, by), "accept", by=by, now=now)


def ask_more(
    person_id: int, request_id: int, *, reasons: Sequence[str], text: str, by: Actor, now: datetime
) -> None:
    """Ask the person for more; the term stops. Raises as `refuse`."""
    said = _said(reasons, text, MORE)
    with transaction.atomic():
        _move(
            queries.at_office(person_id, request_id, by), "ask_more", by=by, now=now, said=said, due_on=None
        )


def refuse(
    person_id: int, request_id: int, *, reasons: Sequence[str], text: str, by: Actor, now: datetime
) -> None:
    """Refuse with reasons and a text for the person.

    Raises NotYours, AlreadyMoved, InOtherHands or Invalid(reasons, text).
    """
    said = _said(reasons, text, REFUSE)
    with transaction.atomic():
        _move(queries.at_office(person_id, request_id, by), "refuse", by=by, now=now, said=said)


def _said(reasons: Sequence[str], text: str, known: Collection[str]) -> tuple[Sequence[str], str]:
    text, wrong = tidy_lines(text), {}
    if not reasons:
        wrong["reasons"] = "required"
    elif not set(reasons) <= set(known):
        wrong["reasons"] = "bad_choice"
    if not text:
        wrong["text"] = "required"
    elif len(text) > LONGEST:
        wrong["text"] = "too_long"
    if wrong:
        raise Invalid(**wrong)
    return list(dict.fromkeys(reasons)), text


def approve(person_id: int, request_id: int, *, text: str = "", by: Actor, now: datetime) -> None:
    """Approve; what counts from today is in the register then, what counts later is written on its day.

    Raises NotYours, AlreadyMoved, InOtherHands, CannotWrite, or Invalid(text=too_long).
    """
    text, today = tidy_lines(text), local_day(now)
    if len(text) > LONGEST:
        raise Invalid(text="too_long")
    with transaction.atomic():
        row = queries.at_office(person_id, request_id, by)
        from_day = results.counts_from(row, today)
        columns = {"effective_on": from_day} | ({"written_at": now} if from_day <= today else {})
        _move(row, "approve", by=by, now=now, said=((), text), **columns)
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
    text = tidy_lines(text)
    if not text and photo is None:
        raise Invalid(text="required")
    if len(text) > LONGEST:
        raise Invalid(text="too_long")

    def move() -> None:
        row = _own(person_id, request_id)
        due_on = term.due(Kind(row.kind), now)
        _move(row, "answer", by=person(person_id), now=now, said=((), text), due_on=due_on)

    _own(person_id, request_id)
    if photo is None:
        with transaction.atomic():
            move()
    else:
        number = Move.objects.filter(person_id=person_id, request_id=request_id, move="answer").count() + 1
        files.store(person_id, request_id, f"{ANSWER}-{number}", photo, now=now, allowed=move)


def said_purpose(request_id: int) -> str:
    """What the text of a move is sealed for."""
    return f"procedure-said:{request_id}"


def withdraw(person_id: int, request_id: int, *, by: Actor | None = None, now: datetime) -> None:
    """The person takes the request back. Twice is once. Raises NotYours or AlreadyMoved.

    `by` is somebody else only when the request stands twice, under two codes of one person.
    """
    with transaction.atomic():
        row = _own(person_id, request_id)
        if row.state != State.WITHDRAWN:
            _move(row, "withdraw", by=by or person(person_id), now=now)
