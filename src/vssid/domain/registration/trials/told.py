"""The history of a file as its page tells it.

Of a file with a known answer nothing is in the log that nobody did: that it was sent and handed in is told
from its own rows alone, and goes with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from vssid.domain.audit.queries import EventView, events_of
from vssid.kernel.actor import ActorKind

from ..desk.log import REAL, TRIAL
from ..models import Application, Trial


def of(row: Application) -> tuple[EventView, ...]:
    """The events, newest first."""
    events = events_of(row.id)
    if row.is_trial:
        events = [*map(_as_real, events), *_made_up(row)]
        events.sort(key=lambda event: event.at, reverse=True)
    return tuple(events)


def _as_real(event: EventView) -> EventView:
    is_own = event.kind.startswith(TRIAL)
    return replace(event, kind=REAL + event.kind.removeprefix(TRIAL)) if is_own else event


def _made_up(row: Application) -> Iterator[EventView]:
    """What would have happened to a file of a person."""
    trial = Trial.objects.get(application_id=row.id)
    if trial.seen_at is not None and trial.handed_in_at is not None:
        yield _event(row, "original_seen", trial.seen_at, ActorKind.OFFICER, trial.taken_by)
        yield _event(row, "form_received", trial.handed_in_at, ActorKind.OFFICER, trial.taken_by)
    yield _event(row, "submitted", row.submitted_at, ActorKind.PERSON, "")


def _event(row: Application, act: str, at: datetime, who: ActorKind, name: str) -> EventView:
    return EventView(at, REAL + act, who.value, name, row.office_id, {})
