"""Find events of all subjects: by time, kind, subject, officer and office, the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from .models import Event

NEWEST_FIRST = ("-at", "-lane", "-seq")
CHUNK = 2_000  # rows in memory at a time


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, from `since` until before `until`.

    Empty `kinds` or `subjects` and None as `actor_id` ask for any. `offices`: only what was done at these;
    None: also what no office did. `in_doubt`: only what was decided in spite of doubts.
    """

    since: datetime
    until: datetime
    kinds: tuple[str, ...] = ()
    subjects: tuple[int, ...] = ()
    actor_id: int | None = None
    offices: tuple[str, ...] | None = None
    in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event stands in the order of a search."""

    at: datetime
    lane: int
    seq: int


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """One event, with its place and the numbers of whom it concerns and who did it."""

    place: Place
    subject_id: int
    kind: str
    actor_kind: str
    actor_id: int | None
    actor_name: str
    office: str
    facts: dict[str, Any]

    @property
    def at(self) -> datetime:
        """When it was."""
        return self.place.at


def page(search: Search, *, after: Place | None = None, size: int) -> tuple[list[LoggedEvent], Place | None]:
    """At most `size` events, and the last of them where more follow."""
    events = matching(search)
    if after is not None:
        events = events.filter(_older_than(after))
    shown = [_view(event) for event in events.order_by(*NEWEST_FIRST)[: size + 1]]
    return shown[:size], shown[size - 1].place if len(shown) > size else None


def in_order(search: Search) -> Iterator[Event]:
    """Every event of the search, lane by lane from the oldest: as the chain goes."""
    return matching(search).order_by("lane", "seq").iterator(chunk_size=CHUNK)


def count(search: Search, *, at_most: int) -> int:
    """How many events match; counting ends one past `at_most`."""
    return matching(search).order_by()[: at_most + 1].count()


def matching(search: Search) -> QuerySet[Event]:
    """The events of a search, in no order."""
    events = Event.objects.filter(at__gte=search.since, at__lt=search.until)
    if search.kinds:
        events = events.filter(kind__in=search.kinds)
    if search.subjects:
        events = events.filter(subject_id__in=search.subjects)
    if search.actor_id is not None:
        events = events.filter(actor_kind="officer", actor_id=search.actor_id)
    if search.offices is not None:
        # Said twice: the index of offices leaves out events without one.
        events = events.filter(office__in=search.offices).filter(~Q(office=""))
    if search.in_doubt:
        events = events.filter(facts__has_key="despite")
    return events


def _older_than(place: Place) -> Q:
    """After the place; `at` stands alone too, so that the index begins there."""
    same_moment = Q(lane__lt=place.lane) | Q(lane=place.lane, seq__lt=place.seq)
    return Q(at__lte=place.at) & (Q(at__lt=place.at) | same_moment)


def _view(event: Event) -> LoggedEvent:
    return LoggedEvent(
        Place(event.at, event.lane, event.seq),
        event.subject_id,
        event.kind,
        event.actor_kind,
        event.actor_id,
        event.actor_name,
        event.office,
        event.facts,
    )
