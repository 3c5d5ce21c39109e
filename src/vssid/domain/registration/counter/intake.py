"""Who took a person in at the counter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vssid.infra.database.kept import Query, given
from vssid.kernel.actor import Actor

from ..models import WalkIn

_OF = Query(lambda: WalkIn.objects.filter(subject_id=given("subject")))


@dataclass(frozen=True, slots=True)
class Intake:
    """The officer who filled in the form with the person, when that began, and who sent it."""

    officer_id: int
    officer_name: str
    begun_at: datetime
    sent_by_id: int | None

    def is_by(self, officer: Actor) -> bool:
        """Did this officer begin or send it?"""
        return officer.id is not None and officer.id in (self.officer_id, self.sent_by_id)


def of(application_id: int) -> Intake | None:
    """None for an application that the person sent alone."""
    row = _OF.first(subject=application_id)
    return Intake(row.officer_id, row.officer_name, row.begun_at, row.sent_by_id) if row else None


def is_of(application_id: int, officer: Actor) -> bool:
    """Did this officer take the application in at the counter?"""
    intake = of(application_id)
    return intake is not None and intake.is_by(officer)


def sent(application_id: int, *, by: Actor) -> None:
    """The draft became an application, in the caller's transaction: its number stands for the person now."""
    WalkIn.objects.filter(subject_id=application_id).update(sent_by_id=by.id, visitor=None)
