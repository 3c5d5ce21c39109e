"""How far each target is, and the workers of a campaign's employers: against the plan."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from vssid.domain.employers.campaigns import results
from vssid.domain.employers.campaigns.results import Within
from vssid.domain.employers.models.campaigns import Campaign
from vssid.domain.rollout.models import Target

from .progress import day_for
from .reading import rows


@dataclass(frozen=True, slots=True)
class Reached:
    """A target and how many people are approved."""

    target_id: int
    approved: int


@dataclass(frozen=True, slots=True)
class People:
    """Workers of a campaign's employers; who sent a form, and who of them is approved."""

    workers: int
    sent: int
    approved: int


def reached(targets: Collection[Target], today: date) -> dict[int, int]:
    """Number of the target → people approved by the newest counted day, of the office and those below, the
    employer or the officer's employers; those to come are left out.
    """
    begun = [target.id for target in targets if target.from_on <= today]
    return {row.target_id: row.approved for row in rows(Reached, "targets", {"targets": begun})}


def people_of(campaign_id: int, within: Within, until: date) -> People | None:
    """Of a campaign's employers, as counted last until a day; None before the first count."""
    if (day := day_for(until)) is None:
        return None
    asked = results.values(campaign_id, within, until) | {"day": day}
    return rows(People, "campaign", asked)[0]


def target_of(campaign: Campaign, on: date) -> int | None:
    """How many people the campaign's plan wants approved at the office whose employers are meant, in the
    period of a day; None without.
    """
    live = Target.objects.filter(plan_id=campaign.plan_id or 0, plan__ended_at=None, ended_at=None)
    here = live.filter(office_id=campaign.head_id, from_on__lte=on, to_on__gte=on)
    return here.order_by("to_on", "-id").values_list("people", flat=True).first()
