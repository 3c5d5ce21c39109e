"""Whose messages a post sees, and who switches what all offices share."""

from __future__ import annotations

from vssid.domain.employers.campaigns import emailing as campaigns
from vssid.domain.offices import policy
from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import Right
from vssid.domain.participants import queries as register
from vssid.domain.registration import queries as registration
from vssid.kernel.actor import Actor


def sees(by: Actor, subject_id: int) -> bool:
    """Does the office of this person, this application, or these letters to employers lie in reach? Who
    belongs to none, as before the first file, is the country's.
    """
    office = (
        register.office_of(subject_id)
        or registration.office_of(subject_id)
        or campaigns.office_of_letters(subject_id)
    )
    return policy.allows(by, Right.SEE_DELIVERY, office) if office else manages_all(by, Right.SEE_DELIVERY)


def manages_all(by: Actor, right: Right = Right.MANAGE_DELIVERY) -> bool:
    """Gateways, caps and texts are of the whole country: does the right reach so far?"""
    return policy.reach(by, right) is not None and offices.is_head(by.office)
