"""What an auditor asks of the log, and takes away as a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from vssid.domain.audit import actions as audit
from vssid.domain.audit import files
from vssid.domain.audit.search import Search
from vssid.domain.offices import queries as offices
from vssid.domain.privacy import looking
from vssid.kernel.actor import Actor


def within(search: Search, reach: str | None) -> Search:
    """The search narrowed to an office and the ones below; None: to nothing, for the country."""
    if reach is None:
        return search
    there = offices.at_or_below(reach)
    asked = search.offices if search.offices is not None else tuple(there)
    return replace(search, offices=tuple(sorted(there.intersection(asked))))


def about(person_id: int) -> tuple[int, ...]:
    """Every subject of a person: the record, and what the person sent."""
    return looking.subjects_of(person_id)


def take_away(search: Search, *, by: Actor, now: datetime) -> bytes:
    """The events as a file that proves itself; that it was taken is an event. Raises files.TooMany."""
    content = files.written(search, now=now)
    facts = {
        "events": content.count(b"\n") - 2,
        "since": search.since.isoformat(),
        "until": search.until.isoformat(),
        "kinds": list(search.kinds),
        "subjects": list(search.subjects),
        "officer": search.actor_id,
        "offices": None if search.offices is None else len(search.offices),
    }
    audit.record("audit.exported", subject=by.id or 0, by=by, now=now, facts=facts)
    return content
