"""What time does to messages: drafts nobody proved, closed ones past their term, photos nobody names."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from vssid.domain.casework import batches
from vssid.domain.notifications import languages
from vssid.domain.vault import sealing as vault
from vssid.infra.database import clock
from vssid.kernel.calendar import local_day

from . import photos, retention
from .models import Note, Ticket
from .states import State

DRAFT_LIFE = timedelta(days=1)
BATCH = 500


@app.periodic(cron="50 19 * * *")
@app.task(name="support.nightly", queue="default", queueing_lock="support.nightly", pass_context=False)
def nightly(timestamp: int) -> None:
    """At 02:50 in Việt Nam; one that fails must not keep the others from their work."""
    batches.run((discard_drafts, remove_old, photos.sweep_orphans), clock.of_database())


def discard_drafts(now: datetime) -> int:
    """Delete messages whose phone nobody proved within a day, and their keys; returns how many."""
    old = Ticket.objects.filter(state=State.DRAFT, created_at__lt=now - DRAFT_LIFE)
    discarded = 0
    for ticket_id in list(old.values_list("id", flat=True)):
        with transaction.atomic():
            if not old.select_for_update().filter(id=ticket_id).exists():
                continue
            # The photo's blob is then one that no note names.
            Note.objects.filter(ticket_id=ticket_id).delete()
            Ticket.objects.filter(id=ticket_id).delete()
            languages.forget(ticket_id)
            vault.erase(ticket_id)
            discarded += 1
    return discarded


def remove_old(now: datetime) -> int:
    """Delete messages closed longer ago than the term, and their keys, in batches; returns how many."""
    before, done = now - timedelta(days=retention.term(local_day(now)).days), 0
    while removed := _remove_batch(before):
        done += removed
    return done


def _remove_batch(before: datetime) -> int:
    with transaction.atomic():
        old = Ticket.objects.select_for_update(skip_locked=True).filter(
            state=State.CLOSED, closed_at__lt=before
        )
        ids = list(old.order_by("closed_at").values_list("id", flat=True)[:BATCH])
        # Their photos are then blobs that no note names.
        Note.objects.filter(ticket_id__in=ids).delete()
        Ticket.objects.filter(id__in=ids).delete()
        for ticket_id in ids:
            languages.forget(ticket_id)
            vault.erase(ticket_id)
    return len(ids)
