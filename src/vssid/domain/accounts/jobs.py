"""What time does to accounts: nightly clean-up, closing, following merged people, codes of claims."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from vssid.domain.participants import queries as participants

from . import arrears, challenges, claims, closing, contacts, counter, limits, merges, sessions
from .models import Account, PhoneCode

log = structlog.get_logger()
# A merge is written within hours of the time that it bears; what is older the nightly look finds.
RECENT = timedelta(days=1)
_AT_ONCE = 5_000


@app.periodic(cron="20 19 * * *")
@app.task(name="accounts.sweep", queue="default", pass_context=False)
def sweep(timestamp: int) -> None:
    """Delete ended sessions, dead codes and limits at rest (02:20 in Việt Nam)."""
    now = timezone.now()
    limits.sweep(now)
    sessions.sweep(now)
    claims.sweep(now)
    contacts.sweep(now)
    challenges.sweep(now)
    PhoneCode.objects.filter(expires_at__lt=now).delete()
    follow(None, now=now)


@app.periodic(cron="* * * * *")
@app.task(name="accounts.follow_merges", queue="default", pass_context=False)
def follow_merges(timestamp: int) -> None:
    """Give the accounts of people merged of late to the people who are kept."""
    now = timezone.now()
    follow(now - RECENT, now=now)


def follow(since: datetime | None, *, now: datetime) -> int:
    """Follow the merges written since (None: all) that left an account behind; returns how many it did.

    Each stands alone: one that fails is logged and tried again the next time.
    """
    merged = [merged_id for merged_id, _ in participants.merges_since(since)]
    done = 0
    for first in range(0, len(merged), _AT_ONCE):
        left = Account.objects.filter(person_id__in=merged[first : first + _AT_ONCE], kind=Account.CITIZEN)
        for person_id in left.values_list("person_id", flat=True):
            try:
                done += merges.follow(person_id, now=now)
            except Exception:
                log.exception("follow_merge_failed", subject=person_id)
    return done


@app.periodic(cron="5 1,6 10 * *")
@app.task(name="accounts.arrears_begin", queue="default", queueing_lock="accounts.arrears_begin")
def arrears_begin(timestamp: int) -> None:
    """On the 10th at 08:05 in Việt Nam, and at 13:05 for whom the morning's round did not reach."""
    arrears.begin(timezone.now())


@app.task(name=arrears.JOB, queue="default")
def arrears_batch(after: int, day: str) -> None:
    """One batch of the monthly notice of arrears."""
    arrears.run(after, day, now=timezone.now())


@app.periodic(cron="*/15 * * * *")
@app.task(name="accounts.close_due", queue="default", queueing_lock="accounts.close_due", pass_context=False)
def close_due(timestamp: int) -> None:
    """Close accounts whose day has come, and requests at the counter nobody came for."""
    now = timezone.now()
    closing.close_due(now)
    counter.expire_due(now)


@app.task(name="accounts.answer_claim", queue="sms", pass_context=False)
def answer_claim(claim_id: int) -> None:
    """Send the code of a claim, if there is such an account."""
    claims.answer(claim_id, now=timezone.now())
