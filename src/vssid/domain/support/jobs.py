"""What time does to messages: drafts nobody proved, photos nobody names."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from vssid.domain.vault import actions as vault

from . import photos
from .models import Note, Ticket
from .states import State

log = structlog.get_logger()
DRAFT_LIFE = timedelta(days=1)


@app.periodic(cron="50 19 * * *")
@app.task(name="support.nightly", queue="default", queueing_lock="support.nightly", pass_context=False)
def nightly(timestamp: int) -> None:
    """At 02:50 in Việt Nam; one that fails must not keep the others from their work."""
    now = timezone.now()
    for work in (discard_drafts, photos.sweep_orphans):
        try:
            work(now)
        except Exception:
            log.exception("nightly_work_failed", work=work.__name__)


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
            vault.erase(ticket_id)
            discarded += 1
    return discarded
