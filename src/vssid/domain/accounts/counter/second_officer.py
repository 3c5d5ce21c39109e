"""One officer alone must not take over an account: phone and password together take two, or time.

Who sets another phone at the desk could have a password sent to it, and sign in as the person. So for some
days after (`settings.COUNTER_SECOND_WAIT`) the officer who set it gives no password to the account, another
officer sees the original for that, and a forgotten password is not set anew by the new phone. The old phone,
the e-mail address and the inbox are told at once. A phone that the owner, signed in, asked for is not meant.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db.models import QuerySet

from vssid.domain.audit import actions as audit
from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.domain.participants import queries as participants
from vssid.kernel.actor import Actor
from vssid.kernel.errors import NotYours

from ..errors import SecondNeeded
from ..models.accounts import Account, CounterRequest
from .states import State

log = structlog.get_logger()
SECOND, ORIGINAL = "second", "original"
# Both within so many days are looked at as one.
TOGETHER = timedelta(days=30)
TWO = (CounterRequest.PHONE, CounterRequest.PASSWORD)


def until(account: Account, now: datetime) -> datetime | None:
    """Until when the phone that an officer set is too new for a password; None when it is not."""
    if account.phone_set_at is None:
        return None
    over: datetime = account.phone_set_at + settings.COUNTER_SECOND_WAIT
    return over if now < over else None


def counts_look(row: CounterRequest, account: Account, now: datetime) -> bool:
    """Does the look at the original count? Not that of the officer who has just set the phone."""
    if row.original_seen_at is None:
        return False
    is_new = row.kind == CounterRequest.PASSWORD and until(account, now) is not None
    return not is_new or row.original_seen_by_id not in (None, account.phone_set_by)


def missing(row: CounterRequest, account: Account, *, by: Actor, now: datetime) -> tuple[str, ...]:
    """What another officer has to do: `second` carries it out, `original` sees the original ID."""
    own = by.id == account.phone_set_by
    if row.kind == CounterRequest.THAW:
        return (SECOND,) if own and has_objected(account) else ()
    if row.kind != CounterRequest.PASSWORD or until(account, now) is None:
        return ()
    wanting = [SECOND] if own else []
    if row.original_seen_at is not None and not counts_look(row, account, now):
        wanting.append(ORIGINAL)
    return tuple(wanting)


def has_objected(account: Account) -> bool:
    """Frozen after the change: the owner said no to it, and time does not make that a yes."""
    set_at, frozen_at = account.phone_set_at, account.frozen_at
    return set_at is not None and frozen_at is not None and frozen_at > set_at


def other_lately(row: CounterRequest, now: datetime) -> bool:
    """Was the other of phone and password changed at a desk within some days?"""
    other = CounterRequest.objects.filter(person_id=row.person_id, state=State.DONE, kind__in=TWO)
    return other.exclude(kind=row.kind).filter(closed_at__gte=now - TOGETHER).exists()


def guard(account: Account, *, by: Actor, now: datetime) -> None:
    """Before a password goes to the account's phone. Raises SecondNeeded for who has just set that phone."""
    over = until(account, now)
    if over is not None and by.id == account.phone_set_by:
        raise SecondNeeded(at=over)


def closing(row: CounterRequest, *, now: datetime) -> dict[str, object]:
    """What is kept of a request that is done, for who watches over the desk (`unseen`)."""
    if row.kind not in TWO:
        return {}
    register = participants.person(row.person_id)
    together = other_lately(row, now)
    if together:
        log.warning("desk_phone_and_password", request=str(row.id), office=row.office_id)
    return {"together": together, "home_office": register.office_code if register else ""}


def unseen(by: Actor) -> QuerySet[CounterRequest]:
    """Phones and passwords changed at a desk that nobody answerable has looked at: those of the officer's
    office and the ones below, and those of persons whom these offices manage, whoever served them. Both for
    one person come first. Raises NotYours.
    """
    if not by.office:
        raise NotYours
    here, home = (policy.within(by, Right.WATCH_COUNTER, column) for column in ("office_id", "home_office"))
    rows = CounterRequest.objects.filter(state=State.DONE, kind__in=TWO, reviewed_at=None)
    rows = rows.filter(here | home, closed_by_id__isnull=False)
    return rows.order_by("-together", "-closed_at")


def review(request_id: UUID, *, by: Actor, now: datetime) -> bool:
    """The officer has looked at one; one's own doing is looked at by another. False when it was done before.

    Raises NotYours for one out of reach or one's own, NotAllowed for who only reads.
    """
    policy.require(by, Right.REVIEW_COUNTER, by.office)
    row = unseen(by).filter(id=request_id).first()
    if row is None:
        if CounterRequest.objects.filter(id=request_id, reviewed_at__isnull=False).exists():
            return False
        raise NotYours
    if row.closed_by_id == by.id:
        raise NotYours
    rows = CounterRequest.objects.filter(person_id=row.person_id, id=row.id, reviewed_at=None)
    if not rows.update(reviewed_at=now, reviewed_by=by.name):
        return False
    audit.record("account.desk_reviewed", subject=row.person_id, by=by, now=now, facts={"kind": row.kind})
    return True
