"""Move a file from state to state. The row count of one conditional UPDATE says who was first."""

from __future__ import annotations

from typing import Any

from . import claims
from .kinds import Act, Kind, Row
from .work import assignments, notes


def move(kind: Kind[Row], row: Row, act: Act, **columns: Any) -> None:
    """Move the row and record it, in the caller's transaction; `columns` change with it.

    Raises what the room's `was_first` says when the file does not stand (any more) where the move begins.
    """
    sources, to = kind.moves[act.move]
    columns |= {"state": to} | (_closing(kind, act) if to in kind.closed else {})
    # The state is asked in the UPDATE itself: a row read before may have been moved since.
    unmoved = kind.rows(row.pk).filter(state__in=sorted(sources))
    if not unmoved.update(**columns):
        row.refresh_from_db()
        raise kind.was_first(row)
    for name, value in columns.items():
        setattr(row, name, value)
    if kind.claimed and (to in kind.closed or act.move in kind.put_down):
        claims.release(kind.name, row.id)
    if kind.claimed and (to in kind.closed or "office_id" in columns):
        assignments.drop(kind.name, row.id)
    if to in kind.closed:
        notes.close(kind.name, row.id, now=act.now)
    kind.record(row, act)


def _closing(kind: Kind[Row], act: Act) -> dict[str, Any]:
    return {"closed_at": act.now} | ({kind.closer: act.by.name} if kind.closer else {})
