"""What the log says of values that are kept elsewhere: the newest event about one, if it is ours.

Such an event has `facts["sealed"]`: for each place its version and a mark of the value.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Q

from . import marks
from .chain import digest
from .models import LANES, Event

SEALED = "sealed"


def newest(subject: int, place: str, kinds: Collection[str]) -> Event | None:
    """The subject's newest event that tells of the place, or is of the kinds, which change it.

    One statement along the primary key, from the end. Events from before there were marks say nothing.
    """
    rows = Event.objects.filter(_about(place, kinds), subject_id=subject, lane=subject % LANES)
    return rows.order_by("-seq").first()


def newest_of_many(subjects: Sequence[int], place: str, kinds: Collection[str]) -> dict[int, Event]:
    """As `newest`, of many subjects in one statement."""
    rows = Event.objects.filter(_about(place, kinds), subject_id__in=subjects)
    lane_ends = rows.order_by("subject_id", "lane", "-seq").distinct("subject_id", "lane")
    return {row.subject_id: row for row in lane_ends if row.lane == row.subject_id % LANES}


def is_ours(event: Event) -> bool:
    """Did we write this event, as it stands?"""
    return digest(event) == bytes(event.hash) and marks.is_of_event(event.mac, event.hash)


def said(event: Event, place: str) -> tuple[int, str] | None:
    """Version and mark that the event says of the place; None where it says nothing."""
    told: Mapping[str, Any] = event.facts.get(SEALED, {})
    if place not in told:
        return None
    version, mark = told[place]
    return int(version), str(mark)


def _about(place: str, kinds: Collection[str]) -> Q:
    return Q(mac__isnull=False) & (Q(kind__in=list(kinds)) | Q(facts__sealed__has_key=place))
