"""Tell workers of their time at a registration day: into the inbox, and by the ways they chose."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.accounts.contacts import notify
from vssid.kernel.calendar import VIETNAM

from ..models.days import Booking, RegistrationDay


def booked(person_id: int, row: RegistrationDay, starts_at: datetime, *, now: datetime) -> None:
    """Which time it is, and where."""
    at = starts_at.astimezone(VIETNAM).strftime("%H:%M")
    facts = {"due": row.on.isoformat(), "time": at, "place": row.place}
    notify.tell(person_id, "registration_day_booked", now=now, facts=facts)


def remind(row: Booking, *, now: datetime) -> None:
    """The time comes; of the same booking once."""
    at = row.starts_at.astimezone(VIETNAM).strftime("%H:%M")
    facts = {"due": row.day.on.isoformat(), "time": at, "place": row.day.place}
    notify.tell(row.person_id, "registration_day_soon", now=now, facts=facts, once=f"booking|{row.id}")


def called_off(person_id: int, row: RegistrationDay, *, now: datetime) -> None:
    """The day will not be; of the same day once."""
    once = row.id.hex
    facts = {"due": row.on.isoformat()}
    notify.tell(person_id, "registration_day_off", now=now, facts=facts, once=once)
