"""A registration day at an employer's with Minh named, and what his device sends."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from tests.making import roll_out
from tests.making.registrations import HONG_BANG, NOW, make_office, make_officer
from vssid.domain.employers.handing_in.tests.sent import HERE, make_sent
from vssid.domain.employers.models import RegistrationDay
from vssid.domain.employers.on_site import deciding, devices
from vssid.domain.employers.on_site.deciding import Sent
from vssid.domain.participants.models.participation import Employer
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day

DEVICE, SECOND = uuid.UUID(int=7), uuid.UUID(int=8)


def make_day(
    officer: Actor | None = None, *, office: str = HONG_BANG, now: datetime = NOW, **more: Any
) -> RegistrationDay:
    """Sao Mai's registration day today, accepted by its office."""
    make_office(office)
    if not Employer.objects.filter(code=HERE).exists():
        roll_out.make_employer(HERE, office)
    officer = officer or make_officer()
    return RegistrationDay.objects.create(
        **{
            "employer_id": HERE,
            "office_id": office,
            "on": local_day(now),
            "opens": time(8),
            "closes": time(16),
            "place": "Hội trường Sao Mai (mẫu)",
            "expected": 50,
            "slot_minutes": 15,
            "per_slot": 5,
            "state": RegistrationDay.State.ACCEPTED,
            "proposed_by": "Tuấn",
            "proposed_seat": 1,
            "proposed_at": now,
            "answered_by": "Hạnh",
            "answered_at": now,
            "officer_id": officer.id,
            "officer_name": officer.name,
            **more,
        }
    )


def sent(day: RegistrationDay, taken: devices.Taken, what: str = "approve", **more: Any) -> Sent:
    """A decision as the device makes it, everything ticked; doubts have their first reason."""
    decision = Sent(
        id=uuid.uuid4(),
        day=day.id,
        device=DEVICE,
        application=taken.file.status.id,
        what=what,
        decided_at=NOW - timedelta(minutes=1),
        sent_at=NOW,
        version=taken.version,
        checked=frozenset({"form", "original"}),
        seen=taken.file.doubts,
        given={"register": "register_old", "image": "original_clear", "card": "card_misread"},
    )
    return replace(decision, **more)


def decide(decision: Sent, by: Actor | None = None) -> deciding.Answer:
    """Minh's device, or another officer's, sends it."""
    return deciding.decide(decision, by=by or make_officer(), now=NOW)


__all__ = ["DEVICE", "HERE", "SECOND", "decide", "make_day", "make_sent", "sent"]
