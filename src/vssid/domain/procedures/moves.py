"""What a move of a request brings with it, in its transaction: timeline, audit event, notice."""

from __future__ import annotations

from typing import Any

from vssid.domain.audit import actions as audit
from vssid.domain.casework import moves
from vssid.domain.casework.kinds import Act, Kind
from vssid.domain.offices.rights import Right

from . import notices, sealed_words
from .errors import AlreadyMoved
from .models import Move, Request
from .states import CLOSED, MOVES, State


def _was_first(row: Request) -> AlreadyMoved:
    return AlreadyMoved(state=row.state, by=row.moved_by, at=row.updated_at)


def _record(row: Request, act: Act) -> None:
    said = sealed_words.sealed(row, act.move, act.now, act.text) if act.text else None
    Move.objects.create(
        person_id=row.person_id,
        request_id=row.id,
        move=act.move,
        at=act.now,
        by_kind=act.by.kind.value,
        by_name=act.by.name,
        reasons=list(act.reasons),
        text=said,
        despite=act.facts.get("why"),
    )
    audit.record(
        f"procedure.{act.move}",
        subject=row.person_id,
        by=act.by,
        now=act.now,
        facts={**act.facts, "request": row.id, "kind": row.kind, "reasons": list(act.reasons)},
        office=row.office_id or "",
    )
    notices.tell(row, act.move, act.now)


REQUEST = Kind(
    "request",
    Request,
    MOVES,
    CLOSED,
    _was_first,
    _record,
    Right.SEE_FILES,
    Right.DECIDE_REQUESTS,
    lambda row: (row.person_id,),
    lambda row: row.person_id,
    unsent=(State.DRAFT,),
    # While the person is asked, no officer works on it.
    put_down=("ask_more",),
)


def move(row: Request, act: Act, **columns: Any) -> None:
    """Move the row, with who moved it last. Raises AlreadyMoved."""
    moves.move(REQUEST, row, act, updated_at=act.now, moved_by=act.by.name, **columns)
