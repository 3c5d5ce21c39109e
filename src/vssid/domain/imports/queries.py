"""Read the reports of runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db.models import Exists, OuterRef

from .merge import officer_row
from .models import ImportRun


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """How many rows a run changes in a column of the file, and of these how many a blank cell erases."""

    name: str
    changed: int
    erased: int


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did. `error_file` is None when no row was refused; `order`: how days were meant, if said;
    `columns`: what it changes in each, where that was asked for; `repeated`: how many of the same said what a
    row above did.

    Of a run that `undoes` another, `changed` are rows that went back, `new` those that were removed, and
    `refused` those that were left as they are.
    """

    run_id: int
    kind: str
    file_name: str
    sender: str
    state: str
    dry_run: bool
    blanks_erase: bool
    started_at: datetime
    ended_at: datetime | None
    read: int
    new: int
    changed: int
    same: int
    refused: int
    error_file: Path | None
    order: str = ""
    headings: str = ""
    columns: tuple[ColumnChange, ...] = ()
    undoes: int | None = None
    repeated: int = 0


UnknownRun = ImportRun.DoesNotExist


def report(run_id: int) -> RunReport:
    """The report of one run. Raises UnknownRun."""
    return report_of(ImportRun.objects.get(id=run_id))


def latest(kind: str = "", *, limit: int = 50) -> list[RunReport]:
    """The newest runs over files, of one kind or of all."""
    rows = ImportRun.objects.exclude(kind=officer_row.KIND).order_by("-started_at", "-id")
    return [report_of(row) for row in (rows.filter(kind=kind) if kind else rows)[:limit]]


def last_done(kind: str) -> RunReport | None:
    """The newest run of a kind that wrote its file to the end and was not undone; None when there is none."""
    undone = ImportRun.objects.filter(undoes=OuterRef("id"), state=ImportRun.State.DONE)
    files = ImportRun.objects.filter(kind=kind, state=ImportRun.State.DONE, dry_run=False, undoes=None)
    done = files.filter(~Exists(undone))
    row = done.order_by("-started_at", "-id").first()
    return report_of(row) if row else None


def report_of(row: ImportRun) -> RunReport:
    """A run as its report."""
    return RunReport(
        run_id=row.id,
        kind=row.kind,
        file_name=row.file_name,
        sender=row.sender,
        state=row.state,
        dry_run=row.dry_run,
        blanks_erase=row.blanks_erase,
        started_at=row.started_at,
        ended_at=row.ended_at,
        read=row.rows_read,
        new=row.rows_new,
        changed=row.rows_changed,
        same=row.rows_same,
        refused=row.rows_refused,
        error_file=Path(row.error_file) if row.error_file else None,
        order=row.day_order,
        headings=row.headings,
        undoes=row.undoes_id,
        repeated=row.rows_repeated,
        columns=tuple(ColumnChange(name, **told) for name, told in row.effects.get("columns", {}).items()),
    )
