"""All that is held about one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from vssid.domain.accounts.counter.owner_requests import RequestView as CounterRequestView
from vssid.domain.accounts.guardianship.guardians import ChildView
from vssid.domain.accounts.guardianship.trusted import TrustedView
from vssid.domain.accounts.queries import AccountView, DeviceView
from vssid.domain.accounts.sign_in.passkeys import PasskeyView
from vssid.domain.casework.work.notes import NoteView
from vssid.domain.employers.invitations.queries import Invited, Wishes
from vssid.domain.employers.own_file.given import GivenView
from vssid.domain.families.queries import RequestView as ChildRequestView
from vssid.domain.notifications.inbox.queries import NoticeView
from vssid.domain.notifications.queries import MessageView
from vssid.domain.participants.care.views import BenefitView, CertificateView, VisitView
from vssid.domain.participants.views import MergeView, Participation, PersonView, VersionView
from vssid.domain.procedures.queries import MoveView
from vssid.domain.registration.of_person import PersonApplication
from vssid.domain.statements.views import IssuedView
from vssid.domain.support.queries import Thread
from vssid.kernel.ids import Phone


@dataclass(frozen=True, slots=True)
class Seen:
    """Something seen or done with a person's data. `by` is person, officer or system."""

    at: datetime
    kind: str
    by: str
    office: str


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """A request for an online procedure as it was sent. `files` names its pictures and when each came."""

    number: str
    kind: str
    state: str
    submitted_at: datetime | None
    closed_at: datetime | None
    effective_on: date | None
    answers: Mapping[str, Any]
    files: Mapping[str, datetime]
    moves: tuple[MoveView, ...]


@dataclass(frozen=True, slots=True)
class Watcher:
    """A guardian who may look at this person's record."""

    relation: str
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class Everything:
    """The person's own copy. `messages` have states, no texts: those are gone once delivered.

    `choices`: topic → the ways that are wanted. `language`: in which one reads what is sent.
    `file_notes`: what officers wrote for colleagues, of closed files. `choices`: topic → the ways that are
    wanted.
    """

    made_at: datetime
    person: PersonView | None
    merges: tuple[MergeView, ...]
    participation: Participation
    benefits: tuple[BenefitView, ...]
    visits: tuple[VisitView, ...]
    certificates: tuple[CertificateView, ...]
    versions: tuple[VersionView, ...]
    account: AccountView | None
    account_phone: Phone | None
    devices: tuple[DeviceView, ...]
    applications: tuple[PersonApplication, ...]
    messages: tuple[MessageView, ...]
    statements: tuple[IssuedView, ...]
    given_by_employers: tuple[GivenView, ...]
    invitations: tuple[Invited, ...]
    said_to_employers: tuple[Wishes, ...]
    passkeys: tuple[PasskeyView, ...]
    counter_requests: tuple[CounterRequestView, ...]
    trusted: TrustedView | None
    children: tuple[ChildView, ...]
    child_requests: tuple[ChildRequestView, ...]
    guardians: tuple[Watcher, ...]
    requests: tuple[OwnRequest, ...]
    threads: tuple[Thread, ...]
    file_notes: tuple[NoteView, ...]
    notices: tuple[NoticeView, ...]
    choices: Mapping[str, tuple[str, ...]]
    language: str
    seen: tuple[Seen, ...]
