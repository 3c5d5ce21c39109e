"""Tell officers which registration days are theirs, and which no longer: into the inbox, by work e-mail."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.accounts.contacts import work_email
from vssid.domain.notifications.inbox import notices

from ..models.days import RegistrationDay


def named(officer_id: int, row: RegistrationDay, *, now: datetime) -> None:
    """The officer goes there; each naming is told, also of a day that was the officer's before."""
    _tell(officer_id, "registration_day_named", row, now)


def replaced(officer_id: int, row: RegistrationDay, *, now: datetime) -> None:
    """Another officer goes there instead."""
    _tell(officer_id, "registration_day_replaced", row, now)


def called_off(officer_id: int, row: RegistrationDay, *, now: datetime) -> None:
    """The day will not be."""
    _tell(officer_id, "registration_day_ended", row, now)


def _tell(officer_id: int, kind: str, row: RegistrationDay, now: datetime) -> None:
    facts = {
        "employer": row.employer.name,
        "due": row.on.isoformat(),
        "time": row.opens.strftime("%H:%M"),
        "place": row.place,
    }
    notices.notify(
        officer_id, kind, now=now, facts=facts, reach=lambda: work_email.reach(officer_id, now=now)
    )
