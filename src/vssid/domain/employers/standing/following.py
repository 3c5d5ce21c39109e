"""What is open of an employer that moved goes to its office of today: correction requests, messages and
registration days that wait for an answer.

At once where the move is noted, and every ten minutes for those of a later day and of the register.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vssid.domain.casework import moves
from vssid.domain.casework.kinds import Act
from vssid.domain.support.employers import following as messages
from vssid.kernel.actor import SYSTEM, Actor
from vssid.kernel.calendar import local_day

from ..corrections.moves import CORRECTION, in_order_of_lanes
from ..corrections.states import OPEN
from ..days import following as days
from ..models.corrections import Correction
from . import queries


def follow_all(now: datetime) -> int:
    """Every employer's that lie elsewhere; each employer in a transaction of its own. How many employers."""
    lying = set(Correction.objects.filter(state__in=OPEN).values_list("employer_id", "office_id"))
    lying |= messages.offices() | days.offices()
    belongs = queries.offices_of({employer for employer, _ in lying}, on=local_day(now))
    gone = sorted({employer for employer, office in lying if belongs.get(employer, office) != office})
    for employer in gone:
        with transaction.atomic():
            follow(employer, belongs[employer], by=SYSTEM, now=now)
    return len(gone)


def follow(employer: str, office: str, *, by: Actor, now: datetime) -> None:
    """Give what is open to the office, in the caller's transaction. No office: it stays where it is."""
    if not office:
        return
    rows = Correction.objects.select_for_update().filter(employer_id=employer, state__in=OPEN)
    for row in in_order_of_lanes(rows.exclude(office_id=office)):
        act = Act("follow", by, now, facts={"from": row.office_id, "to": office})
        moves.move(CORRECTION, row, act, office_id=office, taken_at=None, taken_by="")
    messages.hand_on(employer, office, by=by, now=now)
    days.hand_on(employer, office, by=by, now=now)
