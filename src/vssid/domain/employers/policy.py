"""May an office, or a seat, do this at an employer? Asks the table of rights and that of roles."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.domain.participants.models.participation import Employer
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours

from .standing import queries as standing


def managed(employer_code: str, *, by: Actor, now: datetime) -> tuple[Employer, str]:
    """The employer, locked in the caller's transaction, and its office today. Raises NotYours or NotAllowed.

    An employer out of reach reads as one that is not there. The machine room (SYSTEM) may everywhere.
    """
    on = local_day(now)
    rows = Employer.objects.filter(code=employer_code)
    if by.kind is not ActorKind.SYSTEM:
        if policy.reach(by, Right.SEE_EMPLOYERS) is None:
            raise policy.NotAllowed(right=Right.SEE_EMPLOYERS)
        rows = standing.within(by, Right.SEE_EMPLOYERS, on=on).filter(code=employer_code)
    # The row's lock decides who of two that act at once is first.
    employer = Employer.objects.select_for_update(no_key=True).filter(code__in=rows.values("code")).first()
    if employer is None:
        raise NotYours
    office = standing.office_of(employer_code, on=on)
    if by.kind is not ActorKind.SYSTEM:
        policy.require(by, Right.MANAGE_EMPLOYERS, office)
    return employer, office


def followed(employer_code: str, *, by: Actor, now: datetime) -> str:
    """The employer's office today, for who may follow the employer there. Raises NotYours or NotAllowed."""
    on = local_day(now)
    if not standing.within(by, Right.SEE_EMPLOYERS, on=on).filter(code=employer_code).exists():
        raise NotYours
    office = standing.office_of(employer_code, on=on)
    policy.require(by, Right.FOLLOW_EMPLOYERS, office)
    return office
