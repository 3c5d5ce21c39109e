"""The offices within reach of a post, to choose from."""

from __future__ import annotations

from vssid.domain.offices import policy
from vssid.domain.offices.models import Office
from vssid.domain.offices.rights import Right
from vssid.kernel.actor import Actor

MOST = 1000


def offices(by: Actor, right: Right) -> list[tuple[str, str]]:
    """Code and name of the offices where the actor has the right, the own one first, then by code."""
    rows = Office.objects.filter(policy.within(by, right, "code")).order_by("code")
    listed = list(rows.values_list("code", "name")[:MOST])
    return sorted(listed, key=lambda office: office[0] != by.office)
