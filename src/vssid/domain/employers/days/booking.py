"""What a worker does: take a time of an own employer's day, another one instead, or none."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from vssid.kernel.actor import Actor
from vssid.kernel.errors import Invalid, NotYours

from ..models.days import Booking, RegistrationDay
from ..roster import queries as roster
from . import moves, telling_workers, times
from .errors import BookingOver, SlotFull

# One more is counted and written by one statement, under the lock of the day.
_BOOK = """
INSERT INTO employers_booking (day_id, person_id, starts_at, booked_at)
SELECT d.id, %(person)s, %(at)s, %(now)s FROM employers_registration_day d
WHERE d.id = %(day)s AND d.per_slot > (
  SELECT count(*) FROM employers_booking b
  WHERE b.day_id = d.id AND b.starts_at = %(at)s AND b.cancelled_at IS NULL
)
"""


def book(person_id: int, day_id: UUID, starts_at: datetime | None, *, by: Actor, now: datetime) -> None:
    """The worker comes then, and at no other time of that day; the same again changes nothing.

    Raises NotYours for what is not accepted or of an employer where the worker is not, Invalid(starts_at=
    bad_choice), BookingOver or SlotFull; what was booked before stays then.
    """
    with transaction.atomic():
        row = _open(person_id, day_id)
        if starts_at is None or starts_at not in times.of_day(row):
            raise Invalid(starts_at="bad_choice")
        held = Booking.objects.filter(day=row, person_id=person_id, cancelled_at=None)
        before = held.first()
        if before is not None and before.starts_at == starts_at:
            return
        if starts_at <= now or (before is not None and before.starts_at <= now):
            raise BookingOver
        held.update(cancelled_at=now)
        asked: dict[str, Any] = {"person": person_id, "at": starts_at, "now": now, "day": row.id}
        with connection.cursor() as cursor:
            cursor.execute(_BOOK, asked)
            if not cursor.rowcount:
                raise SlotFull
        moves.record_of_worker("booked", row, person_id, by=by, now=now)
        telling_workers.booked(person_id, row, starts_at, now=now)


def cancel(person_id: int, day_id: UUID, *, by: Actor, now: datetime) -> None:
    """The worker does not come; twice is fine. Raises NotYours or BookingOver."""
    with transaction.atomic():
        row = _open(person_id, day_id)
        held = Booking.objects.filter(day=row, person_id=person_id, cancelled_at=None)
        before = held.first()
        if before is None:
            return
        if before.starts_at <= now:
            raise BookingOver
        held.update(cancelled_at=now)
        moves.record_of_worker("cancelled", row, person_id, by=by, now=now)


def _open(person_id: int, day_id: UUID) -> RegistrationDay:
    """The accepted day of an own employer, locked."""
    accepted = RegistrationDay.objects.filter(id=day_id, state=RegistrationDay.State.ACCEPTED)
    row = accepted.select_for_update(no_key=True).first()
    if row is None or not roster.is_here(row.employer_id, person_id):
        raise NotYours
    return row
