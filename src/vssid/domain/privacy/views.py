"""All that is held about one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vssid.domain.accounts.queries import AccountView, DeviceView
from vssid.domain.notifications.queries import MessageView
from vssid.domain.participants.views import (
    BenefitView,
    CertificateView,
    MergeView,
    Participation,
    PersonView,
    VersionView,
    VisitView,
)
from vssid.domain.registration.of_person import PersonApplication
from vssid.domain.statements.views import IssuedView
from vssid.kernel.ids import Phone


@dataclass(frozen=True, slots=True)
class Seen:
    """Something seen or done with a person's data. `by` is person, officer or system."""

    at: datetime
    kind: str
    by: str
    office: str


@dataclass(frozen=True, slots=True)
class Everything:
    """The person's own copy. `messages` have states, no texts: those are gone once delivered."""

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
    seen: tuple[Seen, ...]
