"""Nightly clean-up."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from . import arrears, limits, sessions
from .models import PhoneCode


@app.periodic(cron="20 19 * * *")
@app.task(name="accounts.sweep", queue="default", pass_context=False)
def sweep(timestamp: int) -> None:
    """Delete ended sessions, dead codes and limits at rest (02:20 in Việt Nam)."""
    now = timezone.now()
    limits.sweep(now)
    sessions.sweep(now)
    PhoneCode.objects.filter(expires_at__lt=now).delete()


@app.periodic(cron="5 1,6 10 * *")
@app.task(name="accounts.arrears_begin", queue="default", queueing_lock="accounts.arrears_begin")
def arrears_begin(timestamp: int) -> None:
    """On the 10th at 08:05 in Việt Nam, and at 13:05 for whom the morning's round did not reach."""
    arrears.begin(timezone.now())


@app.task(name=arrears.JOB, queue="default")
def arrears_batch(after: int, day: str) -> None:
    """One batch of the monthly notice of arrears."""
    arrears.run(after, day, now=timezone.now())
