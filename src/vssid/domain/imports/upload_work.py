"""What the job does with an upload: load the file, keep its refused rows, and say how it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction

from vssid.domain.audit import actions as audit
from vssid.kernel.actor import SYSTEM, Actor, ActorKind

from . import actions, clear_files, error_file, queries, sealed_files, uploads
from .errors import AlreadyRunning, BadFile
from .models import ImportRun, Upload
from .queries import RunReport
from .reading import open_source
from .registry import importer
from .upload_progress import Watch, attending

log = structlog.get_logger()
Clock = Callable[[], datetime]
LATER = timedelta(seconds=10)
# A refusal's facts that are ours; names of unknown columns may be a row of people's data.
_FACTS = ("reason", "found", "lacking", "expected")


class TryAgain(Exception):
    """The database went away; the upload is as it was and the job may be repeated."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """One attempt at one upload."""

    row: Upload
    watch: Watch
    clock: Clock


def work(upload_id: int, *, clock: Clock) -> None:
    """Load an open upload; what a killed worker began goes on. An ended upload is left alone.

    Raises TryAgain when the database went away. Any other failure ends the upload as failed.
    """
    try:
        with attending(upload_id) as watch:
            if watch is None:
                uploads.defer_run(upload_id, at=clock() + LATER)
            elif (row := _claim(upload_id, clock())) is not None:
                _attempt(_Turn(row, watch, clock))
    except (OperationalError, InterfaceError):
        # Without the cause: messages of the database may quote rows.
        raise TryAgain from None


def _claim(upload_id: int, now: datetime) -> Upload | None:
    with transaction.atomic():
        row = Upload.objects.select_for_update().filter(id=upload_id).first()
        if row is None or row.state not in Upload.OPEN:
            return None
        if row.run is not None and row.run.state != ImportRun.State.DONE:
            row.run = None  # told anew: the run goes on, or another begins
        row.state, row.phase, row.done, row.total = Upload.State.WORKING, "", 0, 0
        row.progress_at = now
        row.save()
    return row


def _attempt(turn: _Turn) -> None:
    try:
        with clear_files.workplace(turn.row.id) as place:
            _load(turn, place)
    except AlreadyRunning:
        _hold(turn)
    except BadFile as refusal:
        facts = {name: value for name, value in refusal.facts.items() if name in _FACTS}
        _end(turn, Upload.State.REFUSED, refusal=facts)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        # By its type only: what it says may quote a cell.
        log.error("upload_failed", upload=turn.row.id, error=type(error).__name__)
        _end(turn, Upload.State.FAILED)


def _load(turn: _Turn, place: Path) -> None:
    row = turn.row
    path, errors = place / clear_files.short(row.file_name), place / "loi" / "loi.csv"
    sealed_files.write_to(path, uploads.file_of(row))
    report = _finished_before(row, path, errors) or actions.run(
        importer(row.kind),
        path,
        by=Actor(ActorKind.OFFICER, row.actor_id, row.actor_name, row.office_code),
        now=turn.clock(),
        sender=row.sender,
        dry_run=row.dry_run,
        progress=turn.watch.tell,
        errors_to=errors,
        wait=timedelta(0),
    )
    _keep(turn, report, errors)


def _finished_before(row: Upload, path: Path, errors: Path) -> RunReport | None:
    """The report of a run whose worker was killed between its end and ours, its error file written anew."""
    if row.run is None or row.run.state != ImportRun.State.DONE:
        return None
    report = queries.report(row.run.id)
    if report.refused:
        kind = importer(row.kind)
        error_file.write(errors, report.run_id, open_source(path, kind), kind)
    return report


def _keep(turn: _Turn, report: RunReport, errors: Path) -> None:
    """Seal the refused rows and end the upload; nothing stays sealed when it cannot be ended."""
    row, sealed = turn.row, None
    if report.refused:
        sealed = sealed_files.store(row.subject_id, uploads.ERRORS, errors)
    try:
        _end(
            turn,
            Upload.State.DONE,
            run_id=report.run_id,
            error_key=sealed.key if sealed else "",
            error_size=sealed.size if sealed else 0,
            errors_until=turn.clock() + settings.IMPORT_ERRORS_KEPT if sealed else None,
        )
    except BaseException:
        if sealed is not None:
            sealed_files.delete(sealed)
        raise


def _end(turn: _Turn, state: Upload.State, **facts: object) -> None:
    now = turn.clock()
    with transaction.atomic():
        row = Upload.objects.select_for_update().get(id=turn.row.id)
        for name, value in facts.items():
            setattr(row, name, value)
        uploads.end(row, state, now=now)
        # The path it had in the workplace leads nowhere now.
        if row.run_id is not None:
            ImportRun.objects.filter(id=row.run_id).update(error_file="")
        told = {"upload": row.id, "state": state.value, "run": row.run_id}
        audit.record("import.upload_ended", subject=row.subject_id, by=SYSTEM, now=now, facts=told)


def _hold(turn: _Turn) -> None:
    """Another run of this kind is at work: wait, and say so."""
    with transaction.atomic():
        row = Upload.objects.select_for_update().get(id=turn.row.id)
        row.state, row.phase = Upload.State.WAITING, Upload.HELD
        row.save(update_fields=["state", "phase"])
        uploads.defer_run(row.id, at=turn.clock() + LATER)
