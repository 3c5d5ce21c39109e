"""What deciding on the spot asks of registration days: is the officer named, and when is it over?"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db.models import QuerySet

from vssid.kernel.actor import Actor
from vssid.kernel.calendar import VIETNAM
from vssid.kernel.errors import NotYours

from ..days import queries as days
from ..models.days import RegistrationDay


def _of(day_id: uuid.UUID, by: Actor) -> QuerySet[RegistrationDay]:
    accepted = RegistrationDay.objects.filter(id=day_id, state=RegistrationDay.State.ACCEPTED)
    return accepted.filter(officer_id=by.id or 0, office_id=by.office)


def named(day_id: uuid.UUID, by: Actor, *, now: datetime) -> RegistrationDay:
    """The day for which the officer is named, while its files may be taken along. Raises NotYours."""
    day = _of(day_id, by).first()
    if day is None or day.id not in {near.id for near in days.of_officer(by, now=now)}:
        raise NotYours
    return day


def is_named(day_id: uuid.UUID, by: Actor) -> bool:
    """Is the officer named for this day of the own office now?"""
    return _of(day_id, by).exists()


def closes_at(day: RegistrationDay) -> datetime:
    """When the day is over at the employer's."""
    return datetime.combine(day.on, day.closes, tzinfo=VIETNAM)
