"""What a move of a correction request brings with it, in its transaction: the audit event."""

from __future__ import annotations

from collections.abc import Iterable

from vssid.domain.audit import actions as audit
from vssid.domain.audit.models import LANES
from vssid.domain.casework.kinds import Act, Kind
from vssid.domain.offices.rights import Right

from ..models.corrections import Correction
from .errors import AlreadyClosed
from .states import CLOSED, EVENTS, MOVES, OPEN


def subject_of(row: Correction) -> int:
    """About whom an event of the request is: the worker, else who the file's row is of."""
    return row.person_id or row.subject_id or 0


def lies_at_office(difference_id: int) -> bool:
    """Is a request open about this difference?"""
    return Correction.objects.filter(difference_id=difference_id, state__in=OPEN).exists()


def in_order_of_lanes(rows: Iterable[Correction]) -> list[Correction]:
    """Many in one transaction: all take the lanes of the log in one order, so that none waits for another."""
    return sorted(rows, key=lambda row: (subject_of(row) % LANES, row.id))


def facts_of(row: Correction) -> dict[str, str]:
    """What its events say."""
    return {"employer": row.employer_id, "request": row.number, "kind": row.kind}


def _was_first(row: Correction) -> AlreadyClosed:
    by, at = (row.closed_by, row.closed_at) if row.closed_at else (row.taken_by, row.taken_at)
    return AlreadyClosed(state=row.state, by=by, at=at)


def _record(row: Correction, act: Act) -> None:
    audit.record(
        f"correction.{EVENTS[act.move]}",
        subject=subject_of(row),
        by=act.by,
        now=act.now,
        facts=facts_of(row) | act.recorded,
        office=row.office_id,
    )


CORRECTION = Kind(
    "correction",
    Correction,
    MOVES,
    CLOSED,
    _was_first,
    _record,
    Right.SEE_EMPLOYERS,
    Right.FOLLOW_EMPLOYERS,
    lambda row: () if row.person_id is None else (row.person_id,),
    subject=subject_of,
    closer="closed_by",
    put_down=("follow",),
)
