"""Workers that did nothing for a while since their clock was not the database's."""

from __future__ import annotations

from datetime import timedelta

from vssid.infra.database import clock
from vssid.kernel.actor import SYSTEM

from .actions import record
from .models import Event

LATELY = timedelta(days=1)


def note(seconds: float) -> None:
    """A worker begins to wait; `seconds` is how far its clock is away."""
    record(
        "clock.disagreed", subject=0, by=SYSTEM, now=clock.of_database(), facts={"seconds": round(seconds)}
    )


def lately() -> int:
    """How often that happened within a day."""
    since = clock.of_database() - LATELY
    return Event.objects.filter(subject_id=0, at__gte=since, kind="clock.disagreed").count()
