"""Tell workers of their time at a registration day: into the inbox, and by the ways they chose.

Who has no account yet is reached by a text to the phone of the application begun by the employer's
invitation; it names no employer.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from vssid.domain.accounts.contacts import notify
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.registration import notices, sealing
from vssid.domain.registration.models import Application, Draft
from vssid.kernel.calendar import VIETNAM

from ..models.days import Booking, RegistrationDay
from ..models.invitations import Invitee

SOON, OFF = "registration_day_soon", "registration_day_off"


def booked(person_id: int, row: RegistrationDay, starts_at: datetime, *, now: datetime) -> None:
    """Which time it is, and where."""
    facts = {"due": row.on.isoformat(), "time": _time(starts_at), "place": row.place}
    notify.tell(person_id, "registration_day_booked", now=now, facts=facts)


def remind(row: Booking, *, now: datetime) -> None:
    """The time comes; of the same booking once."""
    at = _time(row.starts_at)
    facts = {"due": row.day.on.isoformat(), "time": at, "place": row.day.place}
    if notify.tell(row.person_id, SOON, now=now, facts=facts, once=f"booking|{row.id}"):
        _text(row.person_id, row.day, SOON, now=now, life=row.starts_at - now, time=at)


def called_off(person_id: int, row: RegistrationDay, *, now: datetime) -> None:
    """The day will not be; of the same day once."""
    facts = {"due": row.on.isoformat()}
    if notify.tell(person_id, OFF, now=now, facts=facts, once=row.id.hex):
        _text(person_id, row, OFF, now=now, life=notices.LIFE)


def _text(
    person_id: int, row: RegistrationDay, kind: str, *, now: datetime, life: timedelta, **facts: str
) -> None:
    """To who has no account: only these took the time on the page of that application."""
    if Account.objects.filter(person_id=person_id, kind=Account.CITIZEN).exists():
        return
    # Also once it was closed, and while it is corrected: the time still stands in the employer's list.
    began = Invitee.objects.filter(person_id=person_id, employer_code=row.employer_id).values("draft_id")
    corrected = Draft.objects.filter(subject_id__in=began, corrects_id__isnull=False).values("corrects_id")
    of_them = Application.objects.filter(Q(id__in=began) | Q(id__in=corrected))
    for sent, form in sealing.forms_of(of_them).items():
        notices.tell(sent, form.phone, kind, now, life=life, due=row.on, **facts)


def _time(at: datetime) -> str:
    return at.astimezone(VIETNAM).strftime("%H:%M")
