"""Nightly clean-up."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from . import limits, sessions
from .models import PhoneCode


@app.periodic(cron="20 19 * * *")
@app.task(name="accounts.sweep", queue="default", pass_context=False)
def sweep(timestamp: int) -> None:
    """Delete ended sessions, dead codes and limits at rest (02:20 in Việt Nam)."""
    now = timezone.now()
    limits.sweep(now)
    sessions.sweep(now)
    PhoneCode.objects.filter(expires_at__lt=now).delete()
