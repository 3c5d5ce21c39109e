"""How often each officer decided rightly of files with a known answer, and the list behind each figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.kernel.actor import Actor
from vssid.kernel.errors import NotYours

from ..models import KnownCase, TrialResult
from ..models.trials import NOBODY
from ..quality.intervals import Share
from .outcomes import Outcome

SHOWN = timedelta(days=365)
KEPT = timedelta(days=730)  # our own choice, no rule of law
MOST = 500


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Of an officer at an office: how many files by outcome."""

    officer_id: int
    name: str
    office: str
    counts: dict[Outcome, int]

    @property
    def right(self) -> Share:
        """The right ones of all that were decided."""
        return Share(self.counts[Outcome.RIGHT], sum(self.counts.values()))


@dataclass(frozen=True, slots=True)
class Overview:
    """What a director reads: officers by office and name; how many files each office left undecided."""

    officers: tuple[Accuracy, ...]
    not_met: dict[str, int]
    cases: int
    since: datetime


def overview(*, by: Actor, now: datetime) -> Overview:
    """Of the offices in reach, for the last year. Raises NotAllowed."""
    rows = _seen(by, now)
    counting: Any = rows.values("officer_id", "office_id").annotate(
        name=Max("officer_name"),
        **{outcome.value: Count("decided_at", filter=Q(outcome=outcome.value)) for outcome in Outcome},
    )
    counted: list[dict[str, Any]] = list(counting)
    officers = [
        Accuracy(
            row["officer_id"],
            row["name"],
            row["office_id"],
            {outcome: row[outcome.value] for outcome in Outcome if outcome is not Outcome.NOT_MET},
        )
        for row in counted
        if row["officer_id"] != NOBODY
    ]
    officers.sort(key=lambda one: (one.office, one.name, one.officer_id))
    not_met = {row["office_id"]: row["not_met"] for row in counted if row["officer_id"] == NOBODY}
    return Overview(tuple(officers), not_met, KnownCase.objects.count(), now - SHOWN)


def behind(officer_id: int, office: str, outcome: str, *, by: Actor, now: datetime) -> list[TrialResult]:
    """The results behind a figure, the newest first; `outcome` empty: all of them. Raises NotAllowed, or
    NotYours where there is none in reach.
    """
    rows = _seen(by, now).filter(officer_id=officer_id, office_id=office)
    if outcome:
        rows = rows.filter(outcome=outcome)
    if not (results := list(rows.order_by("-decided_at", "application_id")[:MOST])):
        raise NotYours
    return results


def _seen(by: Actor, now: datetime) -> QuerySet[TrialResult]:
    policy.require(by, Right.OVERSEE_DECISIONS, by.office)
    within = policy.within(by, Right.OVERSEE_DECISIONS)
    return TrialResult.objects.filter(within, decided_at__gte=now - SHOWN)


def own(*, by: Actor, now: datetime) -> list[TrialResult]:
    """The officer's own results, of every post, the newest first. Raises NotAllowed."""
    policy.require(by, Right.OWN_RESULTS, by.office)
    rows = _own(by).filter(decided_at__gte=now - SHOWN)
    return list(rows.order_by("-decided_at", "application_id")[:MOST])


def share(results: Iterable[TrialResult]) -> Share:
    """How many of these are right."""
    outcomes = [row.outcome for row in results]
    return Share(outcomes.count(Outcome.RIGHT), len(outcomes))


def _own(by: Actor) -> QuerySet[TrialResult]:
    return TrialResult.objects.filter(officer_id=by.id or NOBODY).exclude(officer_id=NOBODY)


def told_to(application_id: int, *, by: Actor) -> TrialResult | None:
    """What the officer is told of a file that has ended: the own result; None for somebody else's or where
    nobody had decided. Raises NotYours for what was no such file of an office in reach.
    """
    own_result = _own(by).filter(application_id=application_id).first()
    if own_result is not None:
        return own_result
    within = policy.within(by, Right.SEE_FILES)
    if not TrialResult.objects.filter(within, application_id=application_id).exists():
        raise NotYours
    return None


def sweep(now: datetime) -> int:
    """Delete results that are kept long enough; how many."""
    return TrialResult.objects.filter(decided_at__lt=now - KEPT).delete()[0]
