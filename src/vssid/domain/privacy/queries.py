"""Read what is held about a person, and who looked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from vssid.domain.accounts import queries as accounts
from vssid.domain.accounts.counter import owner_requests as counter_requests
from vssid.domain.accounts.guardianship import guardians, trusted
from vssid.domain.accounts.sign_in import passkeys
from vssid.domain.audit.queries import EventView, events_of
from vssid.domain.casework.work import notes
from vssid.domain.employers.invitations import queries as invitations
from vssid.domain.employers.own_file import given
from vssid.domain.families import queries as families
from vssid.domain.notifications import languages
from vssid.domain.notifications import queries as messages
from vssid.domain.notifications.inbox import choices, queries
from vssid.domain.offices import queries as offices
from vssid.domain.participants import queries as participants
from vssid.domain.procedures import queries as procedures
from vssid.domain.procedures.queries import Whole
from vssid.domain.procedures.states import State
from vssid.domain.registration import of_person
from vssid.domain.statements import queries as statements
from vssid.domain.support import queries as support
from vssid.domain.support.queries import Thread
from vssid.domain.support.writing import Reader
from vssid.kernel.calendar import local_day

from .views import Everything, OwnRequest, Seen, Watcher

# More than a page shows; a download has them all.
MOST_EVENTS = 10_000


def everything(person_id: int, *, now: datetime) -> Everything:
    """All that is held about the person now."""
    applications = of_person.applications(person_id, now=now)
    subjects = (person_id, *(application.status.id for application in applications))
    child_requests = families.of_guardian(person_id, now=now)
    threads = [
        support.thread(ticket.id, by=Reader(person_id), now=now) for ticket in support.own(person_id, now)
    ]
    own = (
        *subjects,
        *(child_request.id for child_request in child_requests),
        *(thread.row.id for thread in threads),
    )
    # Of an application that somebody else may have sent, the notes may be about that person.
    unproved = {application.status.id for application in applications if application.form is None}
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
        messages=tuple(message for subject in subjects for message in messages.messages_of(subject)),
        statements=tuple(statements.issued_to(person_id)),
        given_by_employers=given.of_person(person_id),
        invitations=invitations.of_person(person_id),
        said_to_employers=tuple(invitations.wishes(person_id)),
        passkeys=tuple(passkeys.of(person_id)),
        counter_requests=tuple(
            replace(request, closed_by="", original_seen_by="") for request in counter_requests.own(person_id)
        ),
        trusted=trusted.of(person_id),
        children=tuple(guardians.children_of(person_id, now=now)),
        child_requests=tuple(replace(child_request, closed_by="") for child_request in child_requests),
        guardians=tuple(
            Watcher(guardian.relation, guardian.from_on, guardian.until_on)
            for guardian in guardians.watching(person_id, now=now)
        ),
        requests=tuple(
            _request(procedures.own(person_id, status.id, now=now))
            for status in procedures.of_person(person_id, now=now)
            if status.state is not State.DRAFT
        ),
        threads=tuple(_thread(thread) for thread in threads),
        file_notes=tuple(notes.of_subjects([subject for subject in own if subject not in unproved])),
        notices=tuple(queries.all_of(person_id)),
        choices={
            topic.value: tuple(sorted(channel.value for channel in channels))
            for topic, channels in choices.table(person_id).items()
        },
        language=languages.of(person_id).value,
        seen=_seen(own),
    )


def _request(whole: Whole) -> OwnRequest:
    return OwnRequest(
        number=whole.status.number,
        kind=whole.status.procedure.kind.value,
        state=whole.status.state.value,
        submitted_at=whole.status.submitted_at,
        closed_at=whole.status.closed_at,
        effective_on=whole.status.effective_on,
        answers=whole.answers,
        files={name: file.stored_at for name, file in whole.files.items()},
        moves=tuple(replace(move, by_name="") for move in whole.moves),
    )


def _thread(thread: Thread) -> Thread:
    return replace(thread, notes=tuple(replace(note, author_name="") for note in thread.notes))


def _seen(subjects: Sequence[int]) -> tuple[Seen, ...]:
    """Events of the person and of what they sent, newest first."""
    events = [event for subject in subjects for event in events_of(subject, limit=MOST_EVENTS)]
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
