"""What was decided at employers' has a term of its own, longer than the day's; its device goes with it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from vssid.kernel.calendar import local_day

from .. import retention
from ..models.on_site import DayDevice, SiteDecision

BATCH = 1000


def erase_old(now: datetime) -> int:
    """Delete decisions past their term, and devices of which none is left. How many rows.

    What a decision did stands in the application's own history, which this leaves alone.
    """
    before = now - timedelta(days=retention.term("site_decision", local_day(now)).days)
    old = list(SiteDecision.objects.filter(received_at__lt=before).values_list("id", flat=True)[:BATCH])
    many = SiteDecision.objects.filter(id__in=old).delete()[0]
    of_device = SiteDecision.objects.filter(day=OuterRef("day"), device=OuterRef("device"))
    devices = DayDevice.objects.filter(~Exists(of_device), taken_at__lt=before)
    empty = list(devices.values_list("id", flat=True)[:BATCH])
    return many + DayDevice.objects.filter(id__in=empty).delete()[0]
