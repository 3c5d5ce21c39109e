"""What a report is asked of: offices in reach, an officer's or one employer's people, and days.

Every statement of the room takes the offices of a Scope; only `of` makes one, from the reader's own right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from vssid.domain.offices import policy
from vssid.domain.offices import queries as offices
from vssid.domain.offices.models import Office
from vssid.domain.offices.rights import Reach, Right
from vssid.domain.places import queries as places
from vssid.domain.rollout import queries as rollout
from vssid.kernel.actor import Actor
from vssid.kernel.errors import NotYours


@dataclass(frozen=True, slots=True)
class Place:
    """An office as it stands over a report; `superior` is the office above, empty at the head."""

    name: str
    superior: str
    province: str
    is_synthetic: bool


NOBODY = 0  # no member of staff has this number
NOWHERE = ""  # no office has this code


@dataclass(frozen=True, slots=True)
class Scope:
    """`offices`: codes, `head` the one chosen among them. `employers`: None = of any employer or none;
    `without`: of none of these.

    Days count whole, both ends too. An officer's employers are those of the last day; officer NOBODY asks for
    what no officer looks after, employer "" for people of no known employer. `is_country`: nothing is left
    out.
    """

    head: str
    offices: tuple[str, ...]
    since: date
    until: date
    officer: int | None = None
    employer: str | None = None
    employers: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()
    is_country: bool = False

    @property
    def is_narrow(self) -> bool:
        """Of an officer or an employer only?"""
        return self.officer is not None or self.employer is not None

    @property
    def parameters(self) -> dict[str, Any]:
        """For the statements of the room."""
        return {
            "offices": list(self.offices),
            "employers": None if self.employers is None else list(self.employers),
            "without": list(self.without),
            "since": self.since,
            "until": self.until,
            # What has no office, or none yet, is the country's.
            "offices_or_none": [*self.offices, NOWHERE] if self.is_country else list(self.offices),
        }


def of(
    by: Actor,
    *,
    since: date,
    until: date,
    office: str = "",
    officer: int | None = None,
    employer: str | None = None,
    only: bool = False,
    at: str = "",
) -> Scope:
    """What the reader may see of what is asked; `only`: of the office itself, none below; `at`: what of all
    that lies at one office.

    Raises NotYours for an office out of reach, and for who has no right; an employer or officer of elsewhere
    gives no rows.
    """
    head = office or by.office
    if not offices.exists(head) or not policy.allows(by, Right.SEE_REPORTS, head):
        raise NotYours
    is_own = only or policy.reach(by, Right.SEE_REPORTS) is Reach.OWN
    codes = tuple(sorted((head,) if is_own else offices.at_or_below(head)))
    employers, without = _employers(codes, until, officer)
    if employer is not None:
        employers = (employer,) if employers is None or employer in employers else ()
    if at:
        # After the officer's employers were found: those of a neighbour's office have files here too.
        head, codes = at, (at,) if at in codes else ()
    if not codes:
        raise NotYours
    is_country = not at and not is_own and officer is None and employer is None and offices.is_head(head)
    return Scope(head, codes, since, until, officer, employer, employers, without, is_country)


def _employers(
    codes: tuple[str, ...], until: date, officer: int | None
) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """Whose employers only, and whose not."""
    if officer is None:
        return None, ()
    if officer == NOBODY:
        return None, tuple(sorted(rollout.officer_by_employer(codes, until)))
    return tuple(rollout.employers_of(officer, codes, until)), ()


def children(scope: Scope) -> list[tuple[str, str, frozenset[str]]]:
    """Code, name and reach of the offices directly below the chosen one, within the scope; by code.

    One that closed stays: files lie there.
    """
    rows = Office.objects.filter(parent_id=scope.head, code__in=scope.offices).order_by("code")
    return [(row.code, row.name, offices.at_or_below(row.code)) for row in rows]


def place(code: str) -> Place:
    """The office of a report."""
    row = Office.objects.select_related("parent").get(code=code)
    try:
        province = places.province(row.province_code).name
    except places.UnknownPlace:
        province = ""
    return Place(row.name, row.parent.name if row.parent else "", province, row.is_synthetic)


def choices(by: Actor) -> list[tuple[str, str]]:
    """The offices that the reader chooses from, by code."""
    rows = Office.objects.filter(policy.within(by, Right.SEE_REPORTS, "code")).order_by("code")
    return list(rows.values_list("code", "name"))
