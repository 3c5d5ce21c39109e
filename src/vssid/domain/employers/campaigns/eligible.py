"""Who of a part still gets its letter, and why the others do not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum

from vssid.domain.participants.models.participation import Employer
from vssid.kernel.calendar import local_day

from ..entries.queries import opening
from ..models.campaigns import Target
from ..models.standing import Standing
from ..seats import queries as seats
from ..seats.roles import Role
from ..standing import queries as standing


class Skipped(StrEnum):
    """Why a letter that was meant does not go out."""

    IN = "in"
    OVER = "over"
    INVITED = "invited"


def why_not(targets: Collection[Target], *, now: datetime) -> Mapping[str, Skipped]:
    """Employer → why it gets no letter; those that get one are left out.

    An invitation that an officer made by hand stands: its code is in somebody's hands, and a letter would
    make it worthless. One that the register has no more is over.
    """
    on, codes = local_day(now), [target.employer_id for target in targets]
    own = [target.entry_id for target in targets if target.entry_id is not None]
    by_hand = opening(now).filter(employer_id__in=codes).exclude(id__in=own)
    over = standing.live(on).filter(employer_id__in=codes).exclude(kind=Standing.MOVED)
    there = set(Employer.objects.filter(code__in=codes).values_list("code", flat=True))
    inside = seats.live(on).filter(employer_id__in=codes, role=Role.ADMINISTRATOR)
    # Of two reasons the later one here is told.
    return {
        **dict.fromkeys(by_hand.values_list("employer_id", flat=True), Skipped.INVITED),
        **dict.fromkeys(over.values_list("employer_id", flat=True), Skipped.OVER),
        **dict.fromkeys(set(codes) - there, Skipped.OVER),
        **dict.fromkeys(inside.values_list("employer_id", flat=True), Skipped.IN),
    }
