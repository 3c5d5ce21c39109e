"""Notices go when their term is over; unread ones stay."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vssid.kernel.calendar import local_day

from ..models.messages import Notice
from . import retention

BATCH = 1_000


def remove_old(now: datetime) -> int:
    """Delete read notices that came longer ago than the term, in batches; returns how many."""
    before, done = now - timedelta(days=retention.term(local_day(now)).days), 0
    while removed := _remove_batch(before):
        done += removed
    return done


def _remove_batch(before: datetime) -> int:
    with transaction.atomic():
        old = Notice.objects.select_for_update(skip_locked=True).filter(
            read_at__isnull=False, created_at__lt=before
        )
        keys = list(old.order_by("created_at").values_list("pk", flat=True)[:BATCH])
        return Notice.objects.filter(pk__in=keys).delete()[0] if keys else 0
