"""E-mails of this room: kept sealed, sent by a job, tried again until they are worthless."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from vssid.domain.vault import actions as vault
from vssid.infra import mail
from vssid.infra.jobs import defer
from vssid.kernel.email_address import EmailAddress

from . import mail_texts
from .models import Mail

JOB = "accounts.send_mail"
SEALED_FOR = "account-mail"
PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=30)


def send(
    subject_id: int, to: EmailAddress, kind: str, *, now: datetime, expires_in: timedelta, **facts: str
) -> None:
    """Keep a text of `mail_texts` and queue its sending in the caller's transaction."""
    subject, text = mail_texts.render(kind, **facts)
    row = Mail.objects.create(
        subject_id=subject_id,
        id=uuid4(),
        kind=kind,
        body=vault.seal_json(subject_id, SEALED_FOR, {"to": to.reveal(), "subject": subject, "text": text}),
        to_masked=to.masked()[:80],
        created_at=now,
        expires_at=now + expires_in,
    )
    defer(JOB, subject_id=subject_id, mail_id=str(row.id))


def cancel(subject_id: int, kind: str) -> int:
    """Stop what of a kind has not left; returns how many."""
    rows = Mail.objects.filter(subject_id=subject_id, kind=kind, state=Mail.CREATED)
    return rows.update(state=Mail.FAILED, body=None)


def attempt(subject_id: int, mail_id: UUID, *, clock: Callable[[], datetime]) -> None:
    """Send it if it still waits. Called twice at once it goes out once: the attempt is claimed first."""
    rows = Mail.objects.filter(subject_id=subject_id, id=mail_id, state=Mail.CREATED)
    row = rows.first()
    if row is None or row.body is None:
        return
    if row.expires_at <= clock():
        rows.update(state=Mail.FAILED, body=None)
        return
    if not rows.filter(attempts=row.attempts).update(attempts=F("attempts") + 1):
        return
    body = vault.unseal_json(subject_id, SEALED_FOR, row.body)
    try:
        mail.send(EmailAddress(body["to"]), subject=body["subject"], text=body["text"])
    except mail.Refused:
        rows.update(state=Mail.FAILED, body=None)
    except mail.Unavailable:
        _later(row, clock())
    else:
        rows.update(state=Mail.SENT, body=None, sent_at=clock())


def _later(row: Mail, now: datetime) -> None:
    with transaction.atomic():
        pause = min(PAUSE * 2**row.attempts, LONGEST_PAUSE)
        defer(JOB, at=now + pause, subject_id=row.subject_id, mail_id=str(row.id))


def latest(subject_id: int, kind: str) -> Mail | None:
    """The newest e-mail of a kind, if any."""
    return Mail.objects.filter(subject_id=subject_id, kind=kind).order_by("-created_at").first()
