"""Read uploads and what their runs refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.errors import NotYours

from . import policy
from .models import ImportRun, RowError, Upload
from .queries import RunReport, report, report_of


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a phase goes: rows a second and seconds left, None while they cannot be told."""

    rows_a_second: int | None = None
    seconds_left: int | None = None


@dataclass(frozen=True, slots=True)
class UploadView:
    """An upload as data officers of its office see it. `total` is 0 while nobody knows it.

    `refusal` holds the facts of a BadFile; `errors_until` is None when no error file is kept.
    """

    id: int
    kind: str
    file_name: str
    size: int
    sender: str
    dry_run: bool
    state: str
    by: str
    created_at: datetime
    ended_at: datetime | None
    phase: str
    done: int
    total: int
    pace: Pace
    refusal: dict[str, Any]
    errors_until: datetime | None
    report: RunReport | None

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
    return view_of(row)


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


def view_of(row: Upload) -> UploadView:
    """An upload in a form that cannot be changed."""
    return UploadView(
        id=row.id,
        kind=row.kind,
        file_name=row.file_name,
        size=row.size,
        sender=row.sender,
        dry_run=row.dry_run,
        state=row.state,
        by=row.actor_name,
        created_at=row.created_at,
        ended_at=row.ended_at,
        phase=row.phase,
        done=row.done,
        total=row.total,
        pace=_pace(row),
        refusal=row.refusal,
        errors_until=row.errors_until if row.error_key else None,
        report=report_of(row.run) if row.run and row.state == Upload.State.DONE else None,
    )


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
