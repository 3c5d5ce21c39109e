"""A file at the officer's desk: in the reach of the post, locked, in no colleague's hand.

What the post may not look at is NotYours; what it may look at and not change is NotAllowed, or OwnFile where
the file is about the officer or somebody close.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q

from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.infra.database.kept import Given
from vssid.kernel.actor import Actor
from vssid.kernel.errors import NotYours

from . import claims, own_files
from .kinds import Act, Kind, Row


def lying_at(offices: str | Collection[str]) -> Q:
    """The rows of files that lie at an office, or at one of several."""
    return Q(office_id=offices) if isinstance(offices, str | Given) else Q(office_id__in=offices)


def find(kind: Kind[Row], key: Any, *, by: Actor, need: Right | None = None) -> Row:
    """A sent file within the officer's reach, to look at; with `need`, to do something. Raises NotYours,
    NotAllowed or OwnFile.
    """
    return _in_reach(kind, kind.rows(key), by, need)


def lock(kind: Kind[Row], key: Any, *, by: Actor, need: Right | None = None) -> Row:
    """The same, its row locked until the caller's transaction ends; `need` is deciding, unless it is said.

    Raises NotYours, NotAllowed or OwnFile.
    """
    return _in_reach(kind, kind.rows(key).select_for_update(), by, need or kind.decide)


def lock_free(kind: Kind[Row], key: Any, *, by: Actor, now: datetime, need: Right | None = None) -> Row:
    """The file, locked, that no colleague has in hand. Raises NotYours, NotAllowed or InOtherHands."""
    row = lock(kind, key, by=by, need=need)
    _guard(kind, row, by=by, now=now)
    return row


def lock_open(kind: Kind[Row], key: Any, *, by: Actor, now: datetime, need: Right | None = None) -> Row:
    """The open file, locked, that no colleague has in hand.

    Raises NotYours, NotAllowed, what the room's `was_first` says of a closed one, or InOtherHands.
    """
    row = lock(kind, key, by=by, need=need)
    if row.state in kind.closed:
        raise kind.was_first(row)
    _guard(kind, row, by=by, now=now)
    return row


def lock_for(kind: Kind[Row], key: Any, act: Act) -> Row:
    """The file, locked, standing where the move begins, in no colleague's hand. Raises as `lock_open`."""
    row = lock(kind, key, by=act.by)
    # The state first: that it was moved says more than who looks at it now.
    if row.state not in kind.moves[act.move][0]:
        raise kind.was_first(row)
    _guard(kind, row, by=act.by, now=act.now)
    return row


def check_off(kind: Kind[Row], row: Row, name: str, *, by: Actor, now: datetime, **columns: Any) -> bool:
    """Write down that `name` (an original, a certificate) was seen; False when it was before."""
    return _write(kind, row, name, {f"{name}_at": now, f"{name}_by": by.name} | columns, before=None)


def take_back(kind: Kind[Row], row: Row, name: str) -> bool:
    """It was written down by mistake; False when it was not."""
    return _write(kind, row, name, {f"{name}_at": None, f"{name}_by": ""}, before=True)


def _write(kind: Kind[Row], row: Row, name: str, columns: dict[str, Any], *, before: bool | None) -> bool:
    rows = kind.rows(row.pk).filter(**{f"{name}_at__isnull": not before})
    return bool(rows.update(**columns))


def _guard(kind: Kind[Row], row: Row, *, by: Actor, now: datetime) -> None:
    # After the lock: who takes the file over waits for the decision, or decides first.
    if kind.claimed:
        claims.guard(kind.name, row.id, by=by, now=now)


def _in_reach(kind: Kind[Row], rows: Any, by: Actor, need: Right | None) -> Row:
    seen = rows.filter(policy.within(by, kind.look)).exclude(state__in=kind.unsent)
    row: Row | None = seen.first()
    if row is None:
        raise NotYours
    if need is not None:
        policy.require(by, need, row.office_id)
        own_files.refuse(by, lambda: kind.persons(row))
    return row
