"""What an officer does with a request: take it, say that it was mended, or that the register stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.casework import claims, desk, moves, reasons
from vssid.domain.casework.kinds import Act
from vssid.kernel.actor import Actor

from .. import telling
from ..models.corrections import Correction
from .moves import CORRECTION, facts_of, subject_of
from .reasons import AS_IT_IS, WAYS
from .states import OPEN, State


def take(correction_id: int, *, by: Actor, now: datetime) -> None:
    """It is worked on, and HR reads by whom; twice is fine.

    Raises NotYours, NotAllowed, OwnFile, AlreadyClosed or InOtherHands.
    """
    with transaction.atomic():
        row = desk.lock_open(CORRECTION, correction_id, by=by, now=now)
        if row.state == State.SENT:
            moves.move(CORRECTION, row, Act("take", by, now), taken_at=now, taken_by=by.name[:120])
        claims.take(CORRECTION.name, row.id, by=by, now=now)


def take_over(correction_id: int, *, by: Actor, now: datetime) -> None:
    """Take it from the colleague who has it in hand; HR reads the new name. Raises NotYours, NotAllowed,
    OwnFile or AlreadyClosed.
    """
    with transaction.atomic():
        row = desk.lock(CORRECTION, correction_id, by=by)
        if row.state not in OPEN:
            raise CORRECTION.was_first(row)
        claims.take_over(CORRECTION.name, row.id, by=by, now=now)
        if row.state == State.SENT:
            moves.move(CORRECTION, row, Act("take", by, now), taken_at=now, taken_by=by.name[:120])
        else:
            Correction.objects.filter(id=row.id).update(taken_at=now, taken_by=by.name[:120])


def mend(correction_id: int, way: Sequence[str], text: str, *, by: Actor, now: datetime) -> None:
    """It was mended by one of the ways there are. Raises as `take`; Invalid(reasons=…, text=too_long)."""
    _close(correction_id, "mend", _read(way, text, WAYS), by=by, now=now)


def keep(correction_id: int, why: Sequence[str], text: str, *, by: Actor, now: datetime) -> None:
    """The register stays as it is. Raises as `take`; Invalid(reasons=…, text=too_long)."""
    _close(correction_id, "keep", _read(why, text, AS_IT_IS), by=by, now=now)


def look_at(correction_id: int, *, by: Actor, now: datetime) -> Correction:
    """A request within reach, opened; the look is an event. Raises NotYours."""
    row = desk.find(CORRECTION, correction_id, by=by)
    audit.record("correction.opened", subject=subject_of(row), by=by, now=now, facts=facts_of(row))
    return row


def _read(chosen: Sequence[str], text: str, known: dict[str, reasons.Reason]) -> reasons.Said:
    """Reasons are asked for; words only where they say more."""
    text = reasons.read_text(text)
    return reasons.Said(reasons.read(chosen, text or "–", known).reasons, text)


def _close(correction_id: int, move: str, said: reasons.Said, *, by: Actor, now: datetime) -> None:
    act = Act(move, by, now, reasons=said.reasons, text=said.text)
    with transaction.atomic():
        row = desk.lock_for(CORRECTION, correction_id, act)
        mine = {} if row.taken_at else {"taken_at": now, "taken_by": by.name[:120]}
        moves.move(CORRECTION, row, act, reasons=list(said.reasons), reason_text=said.text, **mine)
        kind = "employer_correction_answered"
        telling.tell_of_many(row.employer_id, kind, row.id, now=now, number=row.number)
