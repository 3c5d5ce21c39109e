"""What a move of a campaign brings with it, in its transaction: the audit event."""

from __future__ import annotations

from vssid.domain.audit import actions as audit
from vssid.domain.casework.kinds import Act, Kind
from vssid.domain.offices.rights import Right

from ..models.campaigns import Campaign
from .errors import NotNow
from .states import MOVES, State

EVENTS = {"start": "started", "stop": "stopped", "resume": "resumed", "end": "ended"}


def _was_first(campaign: Campaign) -> NotNow:
    return NotNow(state=campaign.state)


def _record(campaign: Campaign, act: Act) -> None:
    facts = {"campaign": campaign.id, **act.recorded}
    audit.record(
        f"campaign.{EVENTS[act.move]}",
        subject=act.by.id or 0,
        by=act.by,
        now=act.now,
        facts=facts,
        office=campaign.office_id,
    )


CAMPAIGN = Kind(
    "campaign",
    Campaign,
    MOVES,
    (State.ENDED,),
    _was_first,
    _record,
    Right.SEE_EMPLOYERS,
    Right.RUN_CAMPAIGNS,
    closer="closed_by",
    claimed=False,
)
