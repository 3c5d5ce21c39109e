"""Read uploads and what their runs refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet

from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.errors import NotYours

from ..merge import undo
from ..models import ImportRun, RowError, Upload
from ..queries import RunReport, report, report_of
from ..read import known_headings
from . import confirming, policy

_HAVE_REPORT = (Upload.State.DONE, Upload.State.SHOWN)


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a phase goes: rows a second and seconds left, None while they cannot be told."""

    rows_a_second: int | None = None
    seconds_left: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a file would do waits to be confirmed since `at`; `run_id` is the dry run that tells it.

    `needs_second`: not by who handed it in, whose own word was given at `asked_at`. `again`: the register had
    moved on since it was confirmed once.
    """

    run_id: int
    at: datetime
    needs_second: bool
    asked_at: datetime | None
    again: bool


@dataclass(frozen=True, slots=True)
class Undo:
    """May a loaded file still be undone, until when; or how far its undo is, with its report at the end."""

    may: bool
    until: datetime | None
    state: str = ""
    report: RunReport | None = None


@dataclass(frozen=True, slots=True)
class UploadView:
    """An upload as data officers of its office see it. `total` is 0 while nobody knows it.

    `refusal` holds the facts of a BadFile; `errors_until` is None when no error file is kept; `remembers`:
    what headings of its sender mean was said once, and holds for the next file.
    """

    id: int
    kind: str
    file_name: str
    size: int
    sender: str
    dry_run: bool
    blanks_erase: bool
    state: str
    by: str
    by_id: int
    created_at: datetime
    ended_at: datetime | None
    phase: str
    done: int
    total: int
    pace: Pace
    refusal: dict[str, Any]
    errors_until: datetime | None
    report: RunReport | None
    shown: Shown | None
    shown_again: bool
    confirmed_by: str
    confirmed_at: datetime | None
    headings: str = ""
    remembers: bool = False
    errors_size: int = 0

    @property
    def is_open(self) -> bool:
        """Still waiting or working."""
        return self.state in Upload.OPEN


@dataclass(frozen=True, slots=True)
class Refused:
    """How many rows of a run were refused for one reason."""

    field: str
    code: str
    rows: int


def uploads_of(by: Actor) -> QuerySet[Upload]:
    """The uploads of the actor's office, the newest first; `view_of` reads a row."""
    return policy.uploads_for(by).select_related("run").order_by("-id")


def upload(upload_id: int, *, by: Actor) -> UploadView:
    """One upload. Raises NotYours when it is not of the actor's office."""
    row = uploads_of(by).filter(id=upload_id).first()
    if row is None:
        raise NotYours
    remembers = bool(known_headings.of(row.kind, row.sender, row.office_code))
    return replace(view_of(row), remembers=remembers)


def runs_by_command(by: Actor) -> QuerySet[ImportRun]:
    """The runs that came through no upload, the newest first: every data officer may read these reports."""
    policy.require_office(by)
    uploaded = Upload.objects.filter(run_id=OuterRef("id"))
    runs = ImportRun.objects.filter(~Exists(uploaded), actor_kind=ActorKind.SYSTEM.value)
    return runs.order_by("-started_at", "-id")


def run_by_command(run_id: int, *, by: Actor) -> RunReport:
    """The report of such a run. Raises NotYours."""
    if not runs_by_command(by).filter(id=run_id).exists():
        raise NotYours
    return report(run_id)


def refused(run_id: int) -> list[Refused]:
    """The reasons of a run's refused rows, the most frequent first."""
    rows = RowError.objects.filter(run_id=run_id).values_list("field", "code").annotate(rows=Count("line"))
    return [Refused(*row) for row in rows.order_by("-rows", "field", "code")]


def lines_of(run_id: int, code: str, *, limit: int) -> list[int]:
    """The first lines of a run's file with this code."""
    rows = RowError.objects.filter(run_id=run_id, code=code).order_by("line")
    return list(rows.values_list("line", flat=True)[:limit])


def view_of(row: Upload) -> UploadView:
    """An upload in a form that cannot be changed."""
    return UploadView(
        id=row.id,
        kind=row.kind,
        file_name=row.file_name,
        size=row.size,
        sender=row.sender,
        dry_run=row.dry_run,
        blanks_erase=row.blanks_erase,
        state=row.state,
        by=row.actor_name,
        by_id=row.actor_id,
        created_at=row.created_at,
        ended_at=row.ended_at,
        phase=row.phase,
        done=row.done,
        total=row.total,
        pace=_pace(row),
        refusal=row.refusal,
        errors_until=row.errors_until if row.error_key else None,
        report=report_of(row.run) if row.run and row.state in _HAVE_REPORT else None,
        shown=_shown(row),
        shown_again=row.shown_again,
        confirmed_by=row.confirmed_name,
        confirmed_at=row.confirmed_at,
        headings=row.headings,
        errors_size=row.error_size,
    )


def _shown(row: Upload) -> Shown | None:
    if row.state != Upload.State.SHOWN or row.shown_id is None or row.shown_at is None:
        return None
    return Shown(row.shown_id, row.shown_at, row.needs_second, row.asked_at, row.shown_again)


def examples(upload_id: int, *, by: Actor) -> dict[str, list[tuple[int, str, str]]]:
    """By column line, old and new value of some rows that change; personal data, while they are kept.

    Raises NotYours.
    """
    row = policy.uploads_for(by).filter(id=upload_id).first()
    if row is None:
        raise NotYours
    if row.sealed_examples is None:
        return {}
    opened = vault.unseal_json(row.subject_id, confirming.EXAMPLES, row.sealed_examples)
    return {name: [tuple(example) for example in shown] for name, shown in opened.items()}


def _pace(row: Upload) -> Pace:
    if row.phase_began_at is None or row.progress_at is None:
        return Pace()
    return pace(
        row.done - row.phase_began_with,
        (row.progress_at - row.phase_began_at).total_seconds(),
        left=row.total - row.done if row.total else None,
    )


def pace(done: int, seconds: float, *, left: int | None) -> Pace:
    """The pace of `done` rows in `seconds`, when `left` are to come (None: unknown)."""
    if done <= 0 or seconds <= 0:
        return Pace()
    return Pace(round(done / seconds), None if left is None else round(left * seconds / done))


def undo_of(upload_id: int, *, by: Actor, now: datetime) -> Undo | None:
    """What can be said of the undo of a loaded file; None before it is loaded. Raises NotYours."""
    row = uploads_of(by).filter(id=upload_id).first()
    if row is None:
        raise NotYours
    if row.run is None or row.run.dry_run or row.state not in (Upload.State.DONE, Upload.State.FAILED):
        return None
    until = row.run.ended_at and row.run.ended_at + timedelta(days=settings.IMPORT_UNDO_DAYS)
    import_run = ImportRun.objects.filter(undoes=row.run).order_by("-id").first()
    if import_run is None:
        return Undo(not undo.why_not(row.run, now), until)
    done = report_of(import_run) if import_run.state == ImportRun.State.DONE else None
    return Undo(not undo.why_not(row.run, now), until, import_run.state, done)
