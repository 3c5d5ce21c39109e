"""What a move of a request at the counter brings with it, in its transaction: audit event, notice."""

from __future__ import annotations

from vssid.domain.audit import actions as audit
from vssid.domain.casework.kinds import Act, Kind
from vssid.domain.offices.rights import Right

from ..contacts import notify
from ..errors import RequestClosed
from ..models.accounts import Account, CounterRequest
from .states import CLOSED, MOVES

EVENTS = {"carry_out": "done", "refuse": "refused", "withdraw": "withdrawn", "expire": "expired"}


def _was_first(row: CounterRequest) -> RequestClosed:
    return RequestClosed(state=row.state, by=row.closed_by, at=row.closed_at)


def _record(row: CounterRequest, act: Act) -> None:
    if act.move not in EVENTS:
        return  # it ends with its account, and the account's event says so
    audit.record(
        f"account.request_{EVENTS[act.move]}",
        subject=row.person_id,
        by=act.by,
        now=act.now,
        facts=act.recorded,
    )
    if act.move == "refuse" and Account.objects.filter(person_id=row.person_id).exists():
        notify.tell(row.person_id, "request_refused", now=act.now)


COUNTER = Kind(
    "counter",
    CounterRequest,
    MOVES,
    CLOSED,
    _was_first,
    _record,
    Right.SEE_COUNTER,
    Right.SERVE_COUNTER,
    lambda row: (row.person_id,),
    closer="closed_by",
    # The person stands at the counter: nobody takes the request in hand to decide it later.
    claimed=False,
)
