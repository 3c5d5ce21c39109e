"""What an office sees of devices and of what came back from them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.kernel.actor import Actor

from ..models.days import RegistrationDay
from ..models.on_site import DayDevice, SiteDecision

SHOWN = 100
# So long the day's work tells of a decision that was not carried out.
MISSED_SHOWN = timedelta(days=7)


def days_to_come(officer_id: int, office: str, today: date) -> QuerySet[RegistrationDay]:
    """The accepted days from today on for which the officer is named."""
    rows = RegistrationDay.objects.filter(officer_id=officer_id, state=RegistrationDay.State.ACCEPTED)
    return rows.filter(office_id=office, on__gte=today)


def missed(officer_id: int, office: str, *, since: datetime) -> QuerySet[SiteDecision]:
    """The officer's decisions that changed nothing: of files that changed, or refused."""
    rows = SiteDecision.objects.filter(officer_id=officer_id, office_id=office, received_at__gte=since)
    return rows.filter(outcome__in=_NOTHING_DONE)


_NOTHING_DONE = (SiteDecision.Outcome.CHANGED, SiteDecision.Outcome.REFUSED)


def seen_by(by: Actor) -> QuerySet[DayDevice]:
    """The devices an officer may see: the own ones, and those of the office for who manages employers."""
    return DayDevice.objects.filter(in_reach(by)).order_by("-taken_at")


def in_reach(by: Actor) -> Q:
    """The own rows at the office, and all in reach for who manages employers."""
    own = Q(office_id=by.office, officer_id=by.id or 0)
    return own | policy.within(by, Right.MANAGE_EMPLOYERS)


def not_carried_out(by: Actor) -> QuerySet[SiteDecision]:
    """Decisions in reach that changed nothing, the newest first: of files that changed, or refused."""
    rows = SiteDecision.objects.filter(in_reach(by), outcome__in=_NOTHING_DONE)
    return rows.order_by("-received_at")[:SHOWN]
