"""Read what is held about a person, and who looked."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.accounts import queries as accounts
from vssid.domain.audit.queries import EventView, events_of
from vssid.domain.notifications import queries as messages
from vssid.domain.offices import queries as offices
from vssid.domain.participants import queries as participants
from vssid.domain.registration import of_person
from vssid.domain.registration.of_person import PersonApplication
from vssid.domain.statements import queries as statements
from vssid.kernel.calendar import local_day

from .views import Everything, Seen

# More than a page shows; a download has them all.
MOST_EVENTS = 10_000


def everything(person_id: int, *, now: datetime) -> Everything:
    """All that is held about the person now."""
    applications = of_person.applications(person_id, now=now)
    subjects = (person_id, *(one.status.id for one in applications))
    return Everything(
        made_at=now,
        person=participants.person(person_id),
        merges=tuple(participants.merges_of(person_id)),
        participation=participants.participation(person_id, local_day(now)),
        benefits=tuple(participants.benefits(person_id)),
        visits=tuple(participants.visits(person_id)),
        certificates=tuple(participants.certificates(person_id)),
        versions=tuple(participants.versions(person_id)),
        account=accounts.account_of(person_id),
        account_phone=accounts.phone_of(person_id),
        devices=tuple(accounts.devices_of(person_id, now=now)),
        applications=applications,
        messages=tuple(one for subject in subjects for one in messages.messages_of(subject)),
        statements=tuple(statements.issued_to(person_id)),
        seen=_seen(person_id, applications),
    )


def _seen(person_id: int, applications: tuple[PersonApplication, ...]) -> tuple[Seen, ...]:
    """Events of the person and of the applications, newest first."""
    events = events_of(person_id, limit=MOST_EVENTS)
    for one in applications:
        events += events_of(one.status.id, limit=MOST_EVENTS)
    names = {code: _office(code) for code in {event.office for event in events}}
    ordered = sorted(events, key=lambda event: event.at, reverse=True)
    return tuple(_view(event, names[event.office]) for event in ordered)


def _view(event: EventView, office: str) -> Seen:
    return Seen(event.at, event.kind, event.actor_kind, office)


def _office(code: str) -> str:
    try:
        return offices.office(code).name if code else ""
    except offices.UnknownOffice:
        return code
