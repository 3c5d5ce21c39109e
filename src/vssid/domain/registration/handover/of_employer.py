"""Hand-over lists that an employer's HR makes: the same lists, found by the employer instead of the office.

Which forms an employer may list is decided above, where its workers are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from vssid.domain.audit import actions as audit
from vssid.kernel.actor import Actor
from vssid.kernel.errors import DomainError, NotYours

from ..desk.receiving import Outcome
from ..models import HandoverList

SHOWN = 50


class ListBegun(DomainError):
    """The counter has begun to receive the list, or it is ended: it cannot be cancelled any more."""

    code = "list_begun"


@dataclass(frozen=True, slots=True)
class Summary:
    """A list with how many forms it names, how many of them the office has, and how many lie beside it."""

    row: HandoverList
    listed: int
    received: int
    extra: int
    scanned: int


def latest(employer: str) -> list[Summary]:
    """The employer's lists, the newest first."""
    listed, there = Q(lines__is_listed=True), Q(lines__outcome__in=(Outcome.RECEIVED, Outcome.TWICE))
    rows = _of(employer).annotate(
        listed=Count("lines", filter=listed),
        received=Count("lines", filter=listed & there),
        extra=Count("lines", filter=~listed & Q(lines__isnull=False)),
        scanned=Count("lines", filter=~Q(lines__outcome="")),
    )
    return [
        Summary(row, row.listed, row.received, row.extra, row.scanned)
        for row in rows.select_related("office").order_by("-made_at", "-id")[:SHOWN]
    ]


def row(list_id: int, employer: str) -> HandoverList:
    """A list of the employer. Raises NotYours."""
    found = _of(employer).select_related("office").filter(id=list_id).first()
    if found is None:
        raise NotYours
    return found


def cancel(list_id: int, employer: str, *, by: Actor, now: datetime) -> None:
    """Take a list back that no counter has begun; twice is once. Raises NotYours or ListBegun."""
    with transaction.atomic():
        found = _of(employer).select_for_update().filter(id=list_id).first()
        if found is None:
            raise NotYours
        if found.is_cancelled:
            return
        if found.closed_at is not None or found.lines.exclude(outcome="").exists():
            raise ListBegun
        found.closed_at, found.closed_by, found.is_cancelled = now, by.name[:120], True
        found.save(update_fields=["closed_at", "closed_by", "is_cancelled"])
        audit.record("handover.cancelled", subject=found.id, by=by, now=now, office=found.office_id)


def _of(employer: str) -> QuerySet[HandoverList]:
    # An empty code is that of lists which officers typed.
    return HandoverList.objects.filter(employer_code=employer).exclude(employer_code="")
