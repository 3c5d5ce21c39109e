"""What time does to registration days: who booked is reminded, what is over is closed, what is old goes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from vssid.kernel.calendar import local_day

from .. import retention
from ..models.days import Booking, RegistrationDay
from ..models.on_site import DayDevice, SiteDecision
from . import telling_workers
from .queries import AFTER

State = RegistrationDay.State
BATCH = 200


def remind(now: datetime) -> int:
    """Tell those who booked a time of the coming day or of today, each once. How many were looked at."""
    today, last, many = local_day(now), 0, 0
    days = RegistrationDay.objects.filter(state=State.ACCEPTED, on__range=(today, today + timedelta(days=1)))
    waiting = Booking.objects.filter(day__in=days, cancelled_at=None, starts_at__gt=now)
    while rows := list(waiting.filter(id__gt=last).select_related("day").order_by("id")[:BATCH]):
        with transaction.atomic():
            for row in rows:
                telling_workers.remind(row, now=now)
        last, many = rows[-1].id, many + len(rows)
    return many


def close_past(now: datetime) -> int:
    """Days whose officer has sent what was decided there are done. How many."""
    past = RegistrationDay.objects.filter(state=State.ACCEPTED, on__lt=local_day(now) - AFTER)
    return past.update(state=State.DONE)


def erase_old(now: datetime) -> int:
    """Delete days past their term with the times that were booked. How many. What was decided there, and the
    devices, have a longer term of their own (`on_site`); such a day stays with them.
    """
    before = local_day(now) - timedelta(days=retention.term("registration_day", local_day(now)).days)
    past = RegistrationDay.objects.filter(
        ~Exists(SiteDecision.objects.filter(day=OuterRef("id"))),
        ~Exists(DayDevice.objects.filter(day=OuterRef("id"))),
        on__lt=before,
    )
    old = list(past.values_list("id", flat=True)[:BATCH])
    RegistrationDay.objects.filter(id__in=old).delete()
    return len(old)
