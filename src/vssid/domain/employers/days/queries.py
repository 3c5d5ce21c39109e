"""Read registration days and files of their workers; each statement names employer, office and officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day

from ..models.days import RegistrationDay

BEFORE, AFTER = timedelta(days=3), timedelta(days=7)
# Open files of own workers: who booked a time, and who agreed that the employer prints and hands in.
_FILES = """
SELECT a.id, a.number, b.starts_at
FROM reports_worker w
JOIN registration_application a ON a.person_id = w.person_id
LEFT JOIN employers_booking b ON b.person_id = w.person_id AND b.day_id = d.id AND b.cancelled_at IS NULL
WHERE w.employer_code = d.employer_code AND NOT a.is_trial AND a.state IN ('submitted', 'received')
  AND a.office_id = d.office_id AND (b.id IS NOT NULL OR a.employer_prints_at IS NOT NULL)
"""
_OF_DAY = f"""
SELECT f.* FROM employers_registration_day d, LATERAL ({_FILES}) f
WHERE d.id = %(day)s AND d.officer_id = %(officer)s AND d.office_id = %(office)s AND d.state = 'accepted'
ORDER BY f.starts_at NULLS LAST, f.id
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class DayFile:
    """An application of the day; `starts_at` is the worker's time, None for who booked none."""

    application_id: int
    number: str
    starts_at: datetime | None


def of_officer(by: Actor, *, now: datetime) -> list[RegistrationDay]:
    """The accepted days this officer is named for, from some days ago to some days ahead, the next first."""
    today = local_day(now)
    rows = RegistrationDay.objects.filter(
        officer_id=by.id or 0,
        office_id=by.office,
        state=RegistrationDay.State.ACCEPTED,
        on__range=(today - AFTER, today + BEFORE),
    )
    return list(rows.order_by("on", "opens", "id"))


def files(day: RegistrationDay, by: Actor) -> list[DayFile]:
    """The open applications of a day, by time, for the officer named; nothing for anybody else."""
    named: dict[str, Any] = {"day": day.id, "officer": by.id or 0, "office": by.office}
    with connection.cursor() as cursor:
        cursor.execute(_OF_DAY, named)
        return [DayFile(*row) for row in cursor.fetchall()]
