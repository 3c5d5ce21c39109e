"""Set a cap from a day on. The door asks who may; here it is written down who did, and why."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import DomainError

from ..models.caps import Cap
from ..outbox import capped, templates
from . import spending

MOST = 100_000_000
SHORTEST, LONGEST = 5, 200  # characters of a reason


class BadCap(DomainError):
    """`field` (scope, most, from_on, why) says what is wrong; the door has the words."""

    code = "bad_cap"


def put(scope: str, most: int, from_on: date, *, why: str, by: Actor, now: datetime) -> None:
    """From a day on, today the soonest, so many texts a day. Raises BadCap."""
    kinds = {spending.KIND + kind for kind in templates.TEXTS}
    checks = {
        "scope": scope in {spending.CODES, spending.OTHERS, spending.PHONE} | kinds,
        "most": 0 <= most <= MOST,
        "from_on": from_on >= local_day(now),
        "why": SHORTEST <= len(why) <= LONGEST,
    }
    if wrong := [field for field, good in checks.items() if not good]:
        raise BadCap(field=wrong[0])
    with transaction.atomic():
        Cap.objects.create(scope=scope, most=most, from_on=from_on, set_at=now, set_by=by.name, why=why)
        facts = {"scope": scope, "most": most, "from": from_on.isoformat()}
        if from_on <= local_day(now):
            capped.wake(now)
        audit.record("cap.set", subject=by.id or 0, by=by, now=now, facts=facts)
