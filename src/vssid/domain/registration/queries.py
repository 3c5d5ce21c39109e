"""Read applications: the office's queue and file, the person's own, the public look-up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from vssid.domain.accounts.queries import AccountView, account_of
from vssid.domain.audit.queries import EventView
from vssid.domain.casework import clocks, desk
from vssid.domain.casework.turns import Change, Turn
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.queries import ImageView
from vssid.domain.notifications import queries as messages
from vssid.domain.notifications.queries import MessageView
from vssid.domain.offices import queries as offices
from vssid.domain.offices.queries import OfficeView
from vssid.domain.participants.views import PersonView
from vssid.domain.vault import sealing as vault
from vssid.domain.verification import limits
from vssid.infra.database.prepared import at_once
from vssid.infra.database.together import Read
from vssid.kernel.calendar import local_day
from vssid.kernel.ids import Phone
from vssid.kernel.text import number_text

from . import sealing
from .counter import intake
from .counter.intake import Intake
from .deciding import second_looks
from .desk import displacing, readiness
from .doubles.signs import Double
from .draft import form
from .models import Application, SecondLook
from .signed import filing
from .signed.filing import Version
from .states import CORRECTABLE, OPEN, TURNS, State
from .trials import told


@dataclass(frozen=True, slots=True)
class Status:
    """Where an application stands, with nothing personal in it: what the public look-up shows."""

    id: int
    number: str
    state: State
    submitted_at: datetime
    due_on: date
    days_left: int
    form_received_at: datetime | None
    original_seen_at: datetime | None
    closed_at: datetime | None
    office: OfficeView

    @property
    def is_open(self) -> bool:
        """Still waiting for something."""
        return self.state in OPEN

    @property
    def turn(self) -> Turn:
        """Whose turn it is."""
        return TURNS[self.state]

    @property
    def correctable(self) -> bool:
        """May the person correct and send it again?"""
        return self.state in CORRECTABLE


def office_of(application_id: int) -> str:
    """The office of an application; empty where there is none of this number."""
    return Application.objects.filter(id=application_id).values_list("office_id", flat=True).first() or ""


def status_of(row: Application, now: datetime) -> Status:
    """The status of one row."""
    return Status(
        id=row.id,
        number=row.number,
        state=State(row.state),
        submitted_at=row.submitted_at,
        due_on=row.due_on,
        days_left=clocks.days_left(row.due_on, now),
        form_received_at=row.form_received_at,
        original_seen_at=row.original_seen_at,
        closed_at=row.closed_at,
        office=offices.office(row.office_id),
    )


def status(application_id: int, now: datetime) -> Status:
    """The status of an application that is there."""
    return status_of(Application.objects.get(id=application_id), now)


def look_up(number: str, phone: Phone, *, address: str, now: datetime) -> Status | None:
    """The status by number and phone together, or None. Raises Limited."""
    number = normal_number(number)
    limits.hit("lookup_address", address, now=now)
    limits.hit("lookup_number", f"{number}|{limits.network(address)}", now=now)
    prints = vault.fingerprints("application-lookup", f"{number}|{phone.reveal()}")
    row = Application.objects.filter(number=number, lookup_fingerprint__in=prints).first()
    return status_of(row, now) if row else None


def normal_number(text: str) -> str:
    """An application number as typed or scanned: `1/2026/03101` is `00001/2026/03101`."""
    parts = [
        "".join(ch for ch in part if ch.isalnum()) for part in number_text(text).replace("-", "/").split("/")
    ]
    if len(parts) == 3:
        parts[0] = parts[0].zfill(5)
    return "/".join(parts)[:40]


def changes_of(row: Application) -> list[Change]:
    """Whose turn it was: the person's until the form came, then the office's."""
    changes = [(row.submitted_at, Turn.PERSON)]
    if row.form_received_at is not None:
        changes.append((row.form_received_at, Turn.OFFICE))
    return [*changes, *([(row.closed_at, Turn.NOBODY)] if row.closed_at else [])]


@dataclass(frozen=True, slots=True)
class OwnApplication:
    """An application as the person who sent it sees it, after the phone code.

    `person_id` is None until an officer has seen the original: before that anybody may have written the code.
    """

    status: Status
    form: form.FormData
    reasons: tuple[str, ...]
    reason_text: str
    images_kept: bool
    password_message: MessageView | None
    person_id: int | None
    employer_prints_at: datetime | None


def own(subject_id: int, *, now: datetime) -> OwnApplication | None:
    """The application a proven browser holds."""
    row = Application.objects.filter(id=subject_id).first()
    if row is None:
        return None
    return OwnApplication(
        status_of(row, now),
        sealing.form_of(row),
        tuple(row.reasons),
        row.reason_text,
        row.images_erased_at is None,
        messages.latest(row.id, "account_activation"),
        row.person_id if row.original_seen_at is not None else None,
        row.employer_prints_at,
    )


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of an office's queue."""

    id: int
    number: str
    full_name: str
    state: State
    submitted_at: datetime
    due_on: date
    days_left: int
    waiting_since: datetime
    findings: int
    closed_at: datetime | None


def waiting_at(at: str | Collection[str], *, state: str = "open") -> QuerySet[Application]:
    """Those at an office, or several: `open`, `closed`, `second` (waiting for a second officer), or a state.

    Open ones with their form first, what has lain longest on the office's turn on top, so that what nobody
    touches rises; then those that wait for their form, by due day.
    """
    rows = Application.with_trials.filter(desk.lying_at(at))
    if state == "second":
        waiting = second_looks.waiting_at(at)
        return rows.filter(id__in=waiting.order_by().values("application_id")).order_by("submitted_at", "id")
    if state == "closed":
        # As the index has it; a row has ended when its state is a closed one (registration_closed_when).
        return rows.filter(closed_at__isnull=False).order_by("-closed_at", "-id")
    rows = rows.filter(state__in=sorted(OPEN)) if state == "open" else rows.filter(state=state)
    return rows.order_by("state", "form_received_at", "due_at", "submitted_at", "id")


def queue_row(row: Application, now: datetime) -> QueueRow:
    """A row as the queue shows it."""
    return QueueRow(
        row.id,
        row.number,
        row.full_name,
        State(row.state),
        row.submitted_at,
        row.due_on,
        clocks.days_left(row.due_on, now),
        row.form_received_at or row.submitted_at,
        len(row.findings),
        row.closed_at,
    )


def by_number(at: str | Collection[str], number: str) -> int | None:
    """The id behind a whole number (a scanned barcode), if the file lies at one of these offices.

    A number with its leading digits missing opens nothing: a scan that lost one must not open another
    person's file. `desk_search` lists such numbers instead.
    """
    whole = normal_number(number)
    if len(number.strip()) < len(whole):
        return None
    row = Application.with_trials.filter(desk.lying_at(at), number=whole).only("id").first()
    return row.id if row else None


@dataclass(frozen=True, slots=True)
class File:
    """All an officer sees of one application. `doubts` is the mark of what speaks against approving."""

    status: Status
    form: form.FormData
    images: dict[ImageKind, ImageView]
    register: PersonView | None
    findings: tuple[dict[str, Any], ...]
    doubts: str
    missing: tuple[str, ...]
    form_received_by: str
    original_seen_by: str
    closed_by: str
    reasons: tuple[str, ...]
    reason_text: str
    account: AccountView | None
    password_message: MessageView | None
    history: tuple[EventView, ...]
    corrects_id: int | None
    signed: tuple[Version, ...]
    intake: Intake | None
    doubles: tuple[Double, ...]
    second: SecondLook | None
    despite: dict[str, str]
    gave_way: tuple[tuple[int, str, str], ...]
    """Id, number and office of applications for the same code that gave way."""


def file_of(row: Application, now: datetime) -> File:
    """All of one application; `looks` gives it to an officer."""
    ready = readiness.read(row, on=local_day(now))
    # As they are now while something can be done, as they were stored when it was closed.
    is_open = row.state in OPEN
    register = ready.register
    status, account, message, history, signed, taken_in, second, gave_way = (
        Read(lambda: status_of(row, now)),
        Read(lambda: account_of(register.person_id) if register and not row.is_trial else None),
        Read(lambda: messages.latest(row.id, "account_activation")),
        Read(lambda: told.of(row)),
        Read(lambda: filing.versions_of(row.id)),
        Read(lambda: intake.of(row.id)),
        Read(lambda: second_looks.of(row.id)),
        Read(lambda: displacing.others(row)),
    )
    at_once(status, account, message, history, signed, taken_in, second, gave_way)
    return File(
        status=status.value,
        form=ready.form,
        images=dict(ready.images),
        register=register,
        findings=tuple([finding.as_json() for finding in ready.findings] if is_open else row.findings),
        doubts=ready.mark if is_open else "",
        missing=ready.missing if is_open else (),
        form_received_by=row.form_received_by,
        original_seen_by=row.original_seen_by,
        closed_by=row.closed_by,
        reasons=tuple(row.reasons),
        reason_text=row.reason_text,
        account=account.value,
        password_message=message.value,
        history=history.value,
        corrects_id=row.corrects_id,
        signed=signed.value,
        intake=taken_in.value,
        doubles=ready.doubles,
        second=second.value,
        despite=row.despite or {},
        gave_way=tuple(gave_way.value),
    )
