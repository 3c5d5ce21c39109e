"""Read the log of one subject."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vssid.infra.database.kept import Query, given

from .models import Event

_OF_SUBJECT = Query(
    lambda: Event.objects.filter(subject_id=given("subject")).order_by("-at", "-seq"), cut=True
)


@dataclass(frozen=True, slots=True)
class EventView:
    """One event as shown to people."""

    at: datetime
    kind: str
    actor_kind: str
    actor_name: str
    office: str
    facts: dict[str, Any]


def events_of(subject: int, *, limit: int = 200) -> list[EventView]:
    """The subject's events, newest first."""
    rows = _OF_SUBJECT.rows(subject=subject, most=limit)
    return [
        EventView(row.at, row.kind, row.actor_kind, row.actor_name, row.office, row.facts) for row in rows
    ]


def has_since(subject: int, kind: str, moment: datetime, facts: dict[str, Any]) -> bool:
    """Has the subject an event of this kind since the moment, with exactly these facts?"""
    return Event.objects.filter(subject_id=subject, at__gte=moment, kind=kind, facts=facts).exists()


def count_since(subject: int, kind: str, moment: datetime) -> int:
    """How many events of this kind the subject has since the moment."""
    return Event.objects.filter(subject_id=subject, at__gte=moment, kind=kind).count()
