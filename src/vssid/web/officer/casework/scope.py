"""Which offices' files a list shows: the own one's, one below, or all in reach (`?co-quan=`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vssid.domain.accounts.posts import reach
from vssid.domain.offices import policy
from vssid.domain.offices.rights import Reach, Right
from vssid.web.ui.access import VisitRequest

ALL = "tat-ca"


@dataclass(frozen=True, slots=True)
class Scope:
    """`at`: the office or offices to list. `word` stands in addresses, empty for the own office.

    `choices`: values and names to choose from, none where there is nothing to choose. `names`: of the offices
    of the rows, where those of others are listed.
    """

    at: str | Collection[str]
    word: str
    choices: tuple[tuple[str, str], ...]
    names: Mapping[str, str]


def read(request: VisitRequest, right: Right) -> Scope:
    """The scope that the address asks for; what is out of reach falls back to the own office."""
    by = request.actor
    if policy.reach(by, right) is Reach.OWN:
        return Scope(by.office, "", (), {})
    offices = reach.offices(by, right)
    names, asked = dict(offices), request.GET.get("co-quan", "")
    below = [(code, name) for code, name in offices if code != by.office]
    if not below:
        return Scope(by.office, "", (), {})
    every = _("Mọi cơ quan trong phạm vi (%(count)s)") % {"count": len(offices)}
    choices = (("", names[by.office]), (ALL, every), *below)
    if asked == ALL:
        return Scope(tuple(names), ALL, choices, names)
    if asked in dict(below):
        return Scope(asked, asked, choices, names)
    return Scope(by.office, "", choices, {})


def whole(request: VisitRequest, right: Right) -> str | Collection[str]:
    """Every office in reach: where a search or a scan looks."""
    by = request.actor
    if policy.reach(by, right) is Reach.OWN:
        return by.office
    return tuple(code for code, _name in reach.offices(by, right))
