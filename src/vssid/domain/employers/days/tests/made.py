"""Sao Mai's registration day in the days after NOW, as HR proposed it or the office accepted it."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from tests.making import roll_out
from tests.making.registrations import HONG_BANG, NOW, make_office
from vssid.domain.employers.handing_in.tests.sent import HERE
from vssid.domain.employers.models import RegistrationDay
from vssid.domain.participants.models.participation import Employer
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day

TOMORROW = local_day(NOW) + timedelta(days=1)


def make_day(officer: Actor | None = None, **more: Any) -> RegistrationDay:
    """A day of two hours, three times of two workers an hour; accepted where an officer is named."""
    make_office(HONG_BANG)
    if not Employer.objects.filter(code=HERE).exists():
        roll_out.make_employer(HERE, HONG_BANG)
    asked: dict[str, Any] = {
        "employer_id": HERE,
        "office_id": HONG_BANG,
        "on": TOMORROW,
        "opens": time(8),
        "closes": time(10),
        "place": "Hội trường Sao Mai (mẫu)",
        "expected": 12,
        "slot_minutes": 20,
        "per_slot": 2,
        "state": RegistrationDay.State.PROPOSED,
        "proposed_by": "Tuấn",
        "proposed_seat": 1,
        "proposed_at": NOW,
    }
    if officer is not None:
        named = {"answered_by": "Hạnh", "answered_at": NOW, "officer_id": officer.id}
        asked |= {"state": RegistrationDay.State.ACCEPTED, "officer_name": officer.name, **named}
    return RegistrationDay.objects.create(**asked | more)
