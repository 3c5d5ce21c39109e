"""What carrying a request out waits for, and what speaks against it, for the officer who looks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from vssid.domain.casework.readiness import Readiness
from vssid.domain.notifications.outbox import dead_addresses
from vssid.domain.participants import queries as participants
from vssid.kernel.actor import Actor

from ..contacts import notify
from ..models.accounts import Account, CounterRequest
from . import owner_requests, second_officer
from .states import State


def read(row: CounterRequest, account: Account | None, *, by: Actor, now: datetime) -> Readiness:
    """`missing`: original, phone, account_phone, second. `doubts`: keys of the classes in `doubt_classes`."""
    missing = owner_requests.missing_of(row)
    if account is None:
        return Readiness(missing, ())
    if row.kind == CounterRequest.PASSWORD and account.phone is None:
        missing = (*missing, "account_phone")
    missing = (*missing, *second_officer.missing(row, account, by=by, now=now))
    return Readiness(missing, tuple(_doubts(row, account, now)))


def _doubts(row: CounterRequest, account: Account, now: datetime) -> Iterator[str]:
    if row.kind == CounterRequest.FREEZE:
        return  # nothing speaks against it: it shuts the account, and waiting would help a thief
    if participants.person(row.person_id) is None:
        yield "register.unknown"
    if row.kind in second_officer.TWO and second_officer.other_lately(row, now):
        yield "lately.phone" if row.kind == CounterRequest.PASSWORD else "lately.password"
    if _was_refused(row, now):
        yield "lately.refused"
    if row.kind == CounterRequest.THAW and second_officer.has_objected(account):
        yield "frozen.objected"
    if row.kind == CounterRequest.PASSWORD and dead_addresses.of(notify.phone_of(account)):
        yield "phone.unreachable"


def _was_refused(row: CounterRequest, now: datetime) -> bool:
    """The same was asked for and refused, at whichever office."""
    refused = CounterRequest.objects.filter(person_id=row.person_id, kind=row.kind, state=State.REFUSED)
    return refused.filter(closed_at__gte=now - second_officer.TOGETHER).exists()
