"""The room's jobs; their arguments are ids only."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from . import challenges, claims, closing, contacts, counter, limits, mailing, sessions
from .models import PhoneCode


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


@app.task(name="accounts.send_mail", queue="default", pass_context=False)
def send_mail(subject_id: int, mail_id: str) -> None:
    """Try to send one e-mail."""
    mailing.attempt(subject_id, UUID(mail_id), clock=timezone.now)
