"""What an auditor asks of the log, and takes away as a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from vssid.domain.accounts.posts import posts
from vssid.domain.audit import actions as audit
from vssid.domain.audit import files
from vssid.domain.audit.search import Search
from vssid.domain.offices import queries as offices
from vssid.domain.privacy import looking
from vssid.infra.database.prepared import rows
from vssid.kernel.actor import Actor

# What a subject is: a file by its number, a person by the BHXH code, a member of staff by name.
_NAMES = """
SELECT id, 'application', number FROM registration_application WHERE id = ANY(%(subjects)s) AND NOT is_trial
UNION SELECT application_id, 'trial', number FROM registration_trial_result
WHERE application_id = ANY(%(subjects)s)
UNION ALL SELECT id, 'child', '' FROM families_request WHERE id = ANY(%(subjects)s)
UNION ALL SELECT id, 'ticket', number FROM support_ticket WHERE id = ANY(%(subjects)s)
UNION ALL SELECT person_id, 'person', bhxh_code FROM participants_person WHERE person_id = ANY(%(subjects)s)
UNION ALL SELECT person_id, 'staff', display_name FROM accounts_account
WHERE person_id = ANY(%(subjects)s) AND kind = 'staff'
"""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what an event concerns: `kind` is application, trial, child, ticket, person or staff."""

    id: int
    kind: str
    name: str


def within(search: Search, reach: str | None) -> Search:
    """The search narrowed to an office and the ones below; None: to nothing, for the country.

    An officer is looked for only where a post was: else every act of somebody from elsewhere would be read to
    find none.
    """
    there = offices.at_or_below(reach) if reach is not None else None
    if search.offices is not None:
        there = there.intersection(search.offices) if there is not None else frozenset(search.offices)
    if there is None:
        return search
    if search.actor_id is not None:
        there &= posts.offices_ever(search.actor_id)
    return replace(search, offices=tuple(sorted(there)))


def about(person_id: int) -> tuple[int, ...]:
    """Every subject of a person: the record, and what the person sent."""
    return looking.subjects_of(person_id)


def reach_of(by: Actor) -> str | None:
    """The office from which one's reach counts; None at the head of all: the country."""
    return None if offices.is_head(by.office) else by.office


def named(subjects: Iterable[int]) -> dict[int, Subject]:
    """What the subjects of events are called; one that is none of the known kinds is left out."""
    there = rows(_NAMES, {"subjects": sorted(set(subjects))})
    return {subject: Subject(subject, kind, name or "") for subject, kind, name in there}


def look_at(person_id: int, *, by: Actor, now: datetime) -> None:
    """Record that somebody reads what the log says about a person, who is told."""
    audit.record("audit.looked", subject=person_id, by=by, now=now)


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
