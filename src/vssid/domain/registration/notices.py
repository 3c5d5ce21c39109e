"""What registration tells people by SMS and in the inbox, in the transaction of the act it tells of."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from vssid.domain.accounts.contacts import notify
from vssid.domain.accounts.sign_in import passwords
from vssid.domain.notifications import actions as notifications
from vssid.domain.notifications import languages
from vssid.domain.notifications.outbox import templates
from vssid.domain.offices import queries as offices
from vssid.domain.verification import limits
from vssid.domain.verification.errors import Limited
from vssid.kernel.ids import BhxhCode, Phone

from .models import Application

LIFE = timedelta(days=2)
ACTIVATION, UNSIGNED = "account_activation", "application_unsigned"


def tell(
    subject_id: int, phone: Phone, kind: str, now: datetime, *, life: timedelta = LIFE, **facts: Any
) -> None:
    """One message of a kind of notifications.templates; after `life` it is worthless."""
    _send(subject_id, phone, kind, now, life, facts)


def send_activation(
    row: Application, phone: Phone, *, account: BhxhCode, password: str, now: datetime
) -> None:
    """The one-time password of an account; after its hours the message is worthless and is not sent any more.

    Those sent before that have not arrived are stopped, also such as the counter had sent. The language the
    application was sent in is from now on that of the account.
    """
    assert row.person_id is not None
    life: timedelta = settings.ACTIVATION_LIFE
    hours = int(life.total_seconds() // 3600)
    facts = {"account": account.reveal(), "password": password, "hours": hours}
    series = passwords.activation_series(row.person_id)
    languages.hand_on(row.id, row.person_id, now=now)
    _send(row.id, phone, ACTIVATION, now, life, facts, series=series, reader=row.person_id)


def received(person_id: int, number: str, due: date, office_code: str, now: datetime) -> None:
    """Into the inbox of the person of the register, whoever sent the application: also a warning."""
    facts = {"number": number, "due": due.isoformat(), "office": offices.office(office_code).name}
    notify.tell(person_id, "application_received", now=now, facts={"at": now.isoformat(), **facts})


def result(person_id: int, state: str, number: str, now: datetime) -> None:
    """How it ended, into the same inbox."""
    facts = {"number": number, "at": now.isoformat()}
    notify.tell(person_id, f"application_{state}", now=now, facts=facts)


def unsigned(row: Application, phone: Phone, now: datetime) -> None:
    """The form was given back for the signature. Of the same sheet once a day, as it may be scanned again."""
    try:
        limits.hit("unsigned_told", str(row.id), now=now)
    except Limited:
        return
    due = row.due_on
    tell(row.id, phone, UNSIGNED, now, number=row.number, due=due)
    if row.person_id is not None:
        facts = {"number": row.number, "due": due.isoformat()}
        notify.tell(row.person_id, UNSIGNED, now=now, facts=facts)


def stop(subject_id: int, *kinds: str, now: datetime) -> None:
    """Stop messages of these kinds that have not left."""
    for kind in kinds:
        notifications.cancel(subject_id, kind, now=now)


def _send(
    subject_id: int,
    phone: Phone,
    kind: str,
    now: datetime,
    life: timedelta,
    facts: dict[str, Any],
    *,
    series: str = "",
    reader: int | None = None,
) -> None:
    notifications.send_sms(
        to=phone,
        text=templates.render(kind, language=languages.of(reader, subject_id), **facts),
        kind=kind,
        subject_id=subject_id,
        now=now,
        expires_in=life,
        series=series,
    )
