"""The switch by hand. The door asks who may; here it is written down who did, and why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.infra import sms
from vssid.kernel.actor import Actor
from vssid.kernel.errors import DomainError, NotYours

from . import health, rules
from .states import Use

SHORTEST, LONGEST = 5, 200  # characters of a reason


class LastGateway(DomainError):
    """No texts would go out any more."""

    code = "last_gateway"


class SwitchedAlready(DomainError):
    """Somebody was first."""

    code = "gateway_switched"


class ReasonNeeded(DomainError):
    """Why is not said, or in too few or too many letters."""

    code = "reason_needed"


def switch(name: str, *, on: bool, why: str, by: Actor, now: datetime) -> None:
    """Off: its part goes to the others at once, and it stays off. On: it is tried by one message first.

    Raises NotYours (no such gateway), ReasonNeeded, LastGateway, SwitchedAlready.
    """
    if name not in sms.routes():
        raise NotYours
    if not SHORTEST <= len(why) <= LONGEST:
        raise ReasonNeeded
    with transaction.atomic():
        health.keep_in_step(now)
        health.change(lambda before: _switched(before, name, on=on, why=why, now=now), now=now, by=by.name)
        facts = {"gateway": name, "on": on}
        audit.record("gateway.switched", subject=by.id or 0, by=by, now=now, facts=facts)


def _switched(before: rules.Standings, name: str, *, on: bool, why: str, now: datetime) -> rules.Standings:
    is_off = next(one for one in before if one.name == name).use is Use.OFF
    if on != is_off:
        raise SwitchedAlready
    if on:
        return rules.switched_on(before, name, why=why, now=now)
    if not [one for one in before if one.name != name and one.carries]:
        raise LastGateway
    return rules.switched_off(before, name, why=why, now=now)
