"""What a move of a request brings with it, in its transaction: audit event, notice to the guardian."""

from __future__ import annotations

from vssid.domain.accounts.contacts import notify
from vssid.domain.audit import actions as audit
from vssid.domain.casework.kinds import Act, Kind
from vssid.domain.offices.rights import Right
from vssid.domain.participants import queries as participants

from . import form
from .errors import RequestClosed
from .models import ChildRequest
from .states import CLOSED, MOVES

EVENTS = {"send": "submitted", "approve": "approved", "refuse": "refused", "withdraw": "withdrawn"}
# Of what the guardian did the guardian is not told.
TOLD = ("approve", "refuse")


def number_of(request_id: int) -> str:
    """The number of a request as people say it."""
    return f"GD-{request_id:06d}"


def _was_first(row: ChildRequest) -> RequestClosed:
    return RequestClosed(state=row.state, by=row.closed_by, at=row.closed_at)


def _record(row: ChildRequest, act: Act) -> None:
    audit.record(
        f"family.{EVENTS[act.move]}",
        subject=row.id,
        by=act.by,
        now=act.now,
        facts=act.recorded,
        office=(row.office_id or "") if act.move == "send" else "",
    )
    if act.move in TOLD:
        said = {"number": number_of(row.id), "request": row.id}
        notify.tell(row.person_id, f"family_{row.state}", now=act.now, facts=said, registered=True)


def _persons(row: ChildRequest) -> list[int]:
    """The guardian and the child, whose code was typed while there is no link."""
    if row.child_id is not None:
        return [row.person_id, row.child_id]
    child = participants.by_bhxh_code(form.opened(row).code)
    return [row.person_id, *([child.person_id] if child else [])]


CHILD = Kind(
    "child",
    ChildRequest,
    MOVES,
    CLOSED,
    _was_first,
    _record,
    Right.SEE_FILES,
    Right.DECIDE_FAMILIES,
    _persons,
    closer="closed_by",
)
