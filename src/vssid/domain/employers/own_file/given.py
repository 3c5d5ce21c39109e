"""What employers gave of a person: read by who shows it to the person."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from vssid.domain.vault import sealing as vault
from vssid.kernel.ids import Phone

from ..models.own_file import Given
from .taking import GIVEN, row_of


@dataclass(frozen=True, slots=True)
class GivenView:
    """What an employer gave of a worker of its own."""

    employer_code: str
    department: str
    phone: Phone | None
    email: str
    given_at: datetime


def of_person(person_id: int) -> tuple[GivenView, ...]:
    """What each employer gave of the person. Raises vault.Erased."""
    rows = Given.objects.filter(person_id=person_id).order_by("employer_code")
    return tuple(_view(row) for row in rows)


def _view(row: Given) -> GivenView:
    told = json.loads(vault.unseal(row.person_id, GIVEN, row.sealed, row=row_of(row)))
    phone = Phone(told["phone"]) if told.get("phone") else None
    return GivenView(row.employer_code, row.department, phone, told.get("email", ""), row.given_at)
