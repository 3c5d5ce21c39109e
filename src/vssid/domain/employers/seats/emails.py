"""The work e-mail of an HR person ends with the last seat."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from vssid.domain.accounts.contacts import work_email
from vssid.kernel.actor import SYSTEM, Actor
from vssid.kernel.calendar import local_day

from ..models.seats import Seat

OVER = timedelta(days=40)  # so long ago a seat may have run out that the night still looks at


def end_without_seat(person_id: int, *, by: Actor, now: datetime) -> None:
    """A seat has ended: without another that holds or begins later the address goes, in the caller's
    transaction.
    """
    if not _lasting(local_day(now)).filter(account_id=person_id).exists():
        work_email.remove(person_id, by=by, now=now)


def sweep(now: datetime) -> None:
    """Take away the addresses of whose last seat ran out by its day."""
    today = local_day(now)
    others = _lasting(today).filter(account_id=OuterRef("account_id"))
    ran_out = Seat.objects.filter(ended_at=None, until_on__lt=today, until_on__gte=today - OVER)
    ran_out = ran_out.filter(~Exists(others), account__email__isnull=False)
    for person_id in sorted(set(ran_out.values_list("account_id", flat=True))):
        work_email.remove(person_id, by=SYSTEM, now=now)


def _lasting(day: date) -> QuerySet[Seat]:
    return Seat.objects.filter(Q(until_on=None) | Q(until_on__gte=day), ended_at=None)
