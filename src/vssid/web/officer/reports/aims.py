"""Where a target stands in its plan, and the people who were approved of it."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from django.urls import reverse

from vssid.domain.offices import policy
from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import Reach, Right
from vssid.domain.reports import progress
from vssid.domain.rollout import queries as rollout
from vssid.domain.rollout.queries import TargetView
from vssid.kernel.actor import Actor

from ..casework.lists import address


class Aimed(Protocol):
    """A figure of a target; None where there is none."""

    @property
    def target_id(self) -> int | None: ...

    @property
    def plan_id(self) -> int | None: ...

    @property
    def plan_office(self) -> str | None: ...


class Aims:
    """The places of targets, for one reader: plans of offices elsewhere have none."""

    def __init__(self, by: Actor) -> None:
        self._seen = rollout.seen_by(by)

    def link(self, aimed: Aimed) -> str:
        """The address of the target's line; empty without one."""
        if aimed.plan_id is None or aimed.plan_office not in self._seen:
            return ""
        return f"{reverse('officer:plan', args=[aimed.plan_id])}#chi-tieu-{aimed.target_id}"


def approved(by: Actor, target: TargetView, today: date) -> str:
    """The list of who is approved of a target's people; empty where the reader may not see all of them."""
    day = progress.day_for(min(target.to_on, today))
    office = _office(target, day) if day else ""
    if day is None or not _sees_all(by, target, office):
        return ""
    whose = {"office": {}, "employer": {"don-vi": target.code}, "officer": {"chuyen-quan": target.code}}
    days = {"tu": f"{day:%d/%m/%Y}", "den": f"{day:%d/%m/%Y}"}
    parts = {"co-quan": office, "buoc": "approved", **whose[target.kind], **days}
    return address("officer:report_workers", **parts)


def _office(target: TargetView, day: date) -> str:
    """Below which all of the target's people are counted; empty for none, or more than one."""
    if target.kind != "officer":
        return target.office_code
    found = rollout.offices_of(int(target.code), day)
    return found.pop() if len(found) == 1 else ""


def _sees_all(by: Actor, target: TargetView, office: str) -> bool:
    if not office or not policy.allows(by, Right.SEE_REPORTS, office):
        return False
    is_wide = policy.reach(by, Right.SEE_REPORTS) is not Reach.OWN
    return is_wide or target.kind != "office" or offices.at_or_below(office) == {office}
