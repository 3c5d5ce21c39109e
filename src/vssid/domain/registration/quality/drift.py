"""How each officer's rate of approvals moves: the last four weeks against the own half year before, and
against the colleagues of the same weeks. Read from the log, which names who decided; of no person of the
register.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q

from vssid.domain.audit.models import Event
from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.kernel.actor import Actor

from .intervals import Share, differs

RECENT, BEFORE = timedelta(weeks=4), timedelta(weeks=24)
LEAST = 20  # decisions on both sides; of fewer nothing is said
APPROVED = ("application.approved", "application.first_approved")
DECIDED = (*APPROVED, "application.refused")


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer at an office. `colleagues`: of the same office in the same weeks.

    `against_self`, `against_office`: 1 higher, -1 lower than chance explains, 0 within it, None too few.
    """

    id: int
    name: str
    office: str
    recent: Share
    before: Share
    colleagues: Share

    @property
    def against_self(self) -> int | None:
        """The recent weeks against the own time before."""
        return _told(self.recent, self.before)

    @property
    def against_office(self) -> int | None:
        """The recent weeks against the colleagues'."""
        return _told(self.recent, self.colleagues)

    @property
    def stands_out(self) -> bool:
        """Is there something to ask about?"""
        return bool(self.against_self or self.against_office)


def _told(one: Share, other: Share) -> int | None:
    return differs(one, other) if min(one.number, other.number) >= LEAST else None


def officers(*, by: Actor, now: datetime) -> list[Officer]:
    """Who decided on registrations in the last four weeks at the offices in reach; who stands out first.

    Raises NotAllowed without the right.
    """
    policy.require(by, Right.OVERSEE_DECISIONS, by.office)
    rows = list(_counted(by, now))
    offices: dict[str, list[Any]] = {}
    for row in rows:
        offices.setdefault(row["office"], []).append(row)
    all_of = [
        _officer(row, [other for other in offices[row["office"]] if other is not row])
        for row in rows
        if row["recent"]
    ]
    return sorted(all_of, key=lambda one: (not one.stands_out, one.office, one.name, one.id))


def _officer(row: dict[str, Any], others: Iterable[dict[str, Any]]) -> Officer:
    others = list(others)
    return Officer(
        row["actor_id"],
        row["name"],
        row["office"],
        Share(row["recent_approved"], row["recent"]),
        Share(row["before_approved"], row["before"]),
        Share(sum(one["recent_approved"] for one in others), sum(one["recent"] for one in others)),
    )


def _counted(by: Actor, now: datetime) -> Iterable[dict[str, Any]]:
    """One row an officer and office, by audit_event_kind."""
    since = now - RECENT
    recent, approved = Q(at__gte=since), Q(kind__in=APPROVED)
    rows: Any = Event.objects.filter(
        policy.within(by, Right.OVERSEE_DECISIONS, "office"),
        kind__in=DECIDED,
        at__gte=since - BEFORE,
        at__lt=now,
        actor_kind="officer",
        actor_id__isnull=False,
    )
    counted: Iterable[dict[str, Any]] = rows.values("actor_id", "office").annotate(
        name=Max("actor_name"),
        recent=Count("seq", filter=recent),
        recent_approved=Count("seq", filter=recent & approved),
        before=Count("seq", filter=~recent),
        before_approved=Count("seq", filter=~recent & approved),
    )
    return counted
