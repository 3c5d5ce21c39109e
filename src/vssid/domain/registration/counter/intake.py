"""Who took a person in at the counter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..models import WalkIn


@dataclass(frozen=True, slots=True)
class Intake:
    """The officer who filled in the form with the person, and when that began."""

    officer_id: int
    officer_name: str
    begun_at: datetime


def of(application_id: int) -> Intake | None:
    """None for an application that the person sent alone."""
    row = WalkIn.objects.filter(subject_id=application_id).first()
    return Intake(row.officer_id, row.officer_name, row.begun_at) if row else None
