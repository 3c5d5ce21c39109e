"""The letters of a wave as they are set, on paper or for an e-mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from vssid.domain.participants.models.participation import Employer
from vssid.kernel.calendar import local_day

from .. import listing
from ..entries.letter import Letter
from ..models.campaigns import Target, Wave


def written(
    wave: Wave, targets: Sequence[Target], made: Mapping[str, str], *, until: datetime, now: datetime
) -> list[Letter]:
    """A letter to each, in this order; `made`: employer → plain code, good until `until`."""
    campaign, is_first = wave.campaign, wave.kind == Wave.LETTER
    officers = listing.officers_of(list(made), now)
    employers = Employer.objects.in_bulk(list(made))
    day: date = campaign.letter_on if is_first else local_day(now)
    return [
        Letter(
            employer=employers[target.employer_id],
            office=target.office_code,
            sender=campaign.office_id,
            officer=officers.get(target.employer_id, ""),
            code=made[target.employer_id],
            expires_at=until,
            day=day,
            number=campaign.letter_number if is_first else "",
            after=None if is_first else (campaign.letter_number, campaign.letter_on),
        )
        for target in targets
    ]
