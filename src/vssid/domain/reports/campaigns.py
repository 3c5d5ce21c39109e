"""The workers of a campaign's employers: how many sent their form and are approved, against the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vssid.domain.employers.campaigns import results
from vssid.domain.employers.campaigns.results import Within
from vssid.domain.employers.models.campaigns import Campaign
from vssid.domain.rollout.models import Target

from .progress import day_for
from .reading import rows


@dataclass(frozen=True, slots=True)
class People:
    """Workers of the employers; who sent a form, and who of them is approved."""

    workers: int
    sent: int
    approved: int


def people(campaign_id: int, within: Within, until: date) -> People | None:
    """Of the employers, as counted last until a day; None before the first count."""
    if (day := day_for(until)) is None:
        return None
    asked = results.values(campaign_id, within, until) | {"day": day}
    return rows(People, "campaign", asked)[0]


def target(campaign: Campaign, on: date) -> int | None:
    """How many people the plan wants approved at the office whose employers are meant, in the period of a
    day; None without.
    """
    live = Target.objects.filter(plan_id=campaign.plan_id or 0, plan__ended_at=None, ended_at=None)
    here = live.filter(office_id=campaign.head_id, from_on__lte=on, to_on__gte=on)
    return here.order_by("to_on", "-id").values_list("people", flat=True).first()
