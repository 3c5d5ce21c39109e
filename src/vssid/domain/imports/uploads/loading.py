"""What the job does with an upload: load the file, keep its refused rows, and say how it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from traceback import extract_tb
from typing import Any

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections, transaction
from django.db.models import F

from vssid.domain.audit import actions as audit
from vssid.kernel.actor import SYSTEM, Actor, ActorKind

from .. import actions, queries
from ..check import error_file
from ..errors import AlreadyRunning, BadFile, NotAsShown
from ..files.reading import open_source
from ..merge.effects import Effects
from ..models import ImportRun, Upload
from ..queries import RunReport
from ..read.written_days import Order
from ..registry import importer
from . import clear_files, confirming, sealed_files, submission
from .progress import Watch, attending
from .sealed_files import Sealed

log = structlog.get_logger()
Clock = Callable[[], datetime]
LATER = timedelta(seconds=10)
MOST_TRIES = 3  # that may die: what kills one process kills the next
# A refusal's facts that are ours; names of unknown columns may be a row of people's data.
_FACTS = ("reason", "found", "lacking", "twice", "expected", "columns", "cells", "most")


class TryAgain(Exception):
    """The database went away; the upload is as it was and the job may be repeated."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """One attempt at one upload."""

    row: Upload
    watch: Watch
    clock: Clock


def work(upload_id: int, *, clock: Clock) -> None:
    """Show what an open upload would do, or load it once that is confirmed; what a killed worker began goes
    on, but one whose job died MOST_TRIES times is set aside as failed. An upload that waits for a
    confirmation, or has ended, is left alone.

    Raises TryAgain when the database went away. Any other failure ends the upload as failed.
    """
    try:
        with attending(upload_id) as watch:
            if watch is None:
                submission.defer_run(upload_id, at=clock() + LATER)
            elif _is_deadly(upload_id):
                _set_aside(upload_id, clock())
            elif (row := _claim(upload_id, clock())) is not None:
                _counted(_Turn(row, watch, clock))
    except (OperationalError, InterfaceError):
        # Without the cause: messages of the database may quote rows.
        raise TryAgain from None


def _claim(upload_id: int, now: datetime) -> Upload | None:
    with transaction.atomic():
        row = Upload.objects.select_for_update().filter(id=upload_id).first()
        if row is None or row.state not in Upload.OPEN:
            return None
        if row.run is not None and (row.run.state != ImportRun.State.DONE or row.run.dry_run):
            row.run = None  # told anew: the run goes on, or another begins
        row.state, row.phase, row.done, row.total = Upload.State.WORKING, "", 0, 0
        row.progress_at, row.tries = now, row.tries + 1
        row.save()
    return row


def _is_deadly(upload_id: int) -> bool:
    return Upload.objects.filter(id=upload_id, state__in=Upload.OPEN, tries__gte=MOST_TRIES).exists()


def _set_aside(upload_id: int, now: datetime) -> None:
    log.error("upload_set_aside", upload=upload_id, tries=MOST_TRIES)
    _end_row(upload_id, Upload.State.FAILED, now, refusal={"reason": "died"})


def _counted(turn: _Turn) -> None:
    """Attempt it; that the database went away is not the file's doing, if only it can be written down."""
    try:
        _attempt(turn)
    except (OperationalError, InterfaceError):
        with suppress(DatabaseError):
            close_old_connections()
            Upload.objects.filter(id=turn.row.id).update(tries=F("tries") - 1)
        raise


def _attempt(turn: _Turn) -> None:
    try:
        with clear_files.workplace(turn.row.id) as place:
            _load(turn, place)
    except AlreadyRunning:
        _hold(turn)
    except NotAsShown:
        _show_again(turn)
    except BadFile as refusal:
        facts = {name: value for name, value in refusal.facts.items() if name in _FACTS}
        _end(turn, Upload.State.REFUSED, refusal=facts)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        # By its type and place only: what it says may quote a cell.
        last = extract_tb(error.__traceback__)[-1]
        at = f"{Path(last.filename).name}:{last.lineno}"
        log.error("upload_failed", upload=turn.row.id, error=type(error).__name__, at=at)
        _end(turn, Upload.State.FAILED)


def _load(turn: _Turn, place: Path) -> None:
    row = turn.row
    path, errors = place / clear_files.short(row.file_name), place / "loi" / "loi.csv"
    sealed_files.write_to(path, submission.file_of(row))
    if row.confirmed_at is None:
        effects = Effects()
        report = _run(turn, path, errors, dry_run=True, effects=effects)
        _show(turn, report, effects, errors)
        return
    report = _finished_before(row, path, errors) or _run(turn, path, errors, as_shown=row.shown_id)
    _keep(turn, report, errors)


def _run(turn: _Turn, path: Path, errors: Path, **more: Any) -> RunReport:
    row = turn.row
    return actions.run(
        importer(row.kind),
        path,
        by=Actor(ActorKind.OFFICER, row.actor_id, row.actor_name, row.office_code),
        now=turn.clock(),
        sender=row.sender,
        blanks_erase=row.blanks_erase,
        reach=row.office_code,
        progress=turn.watch.tell,
        errors_to=errors,
        wait=timedelta(0),
        order=Order(row.day_order),
        meant=row.meant,
        **more,
    )


def _finished_before(row: Upload, path: Path, errors: Path) -> RunReport | None:
    """The report of a run whose worker was killed between its end and ours, its error file written anew."""
    if row.run is None or row.run.state != ImportRun.State.DONE:
        return None
    report = queries.report(row.run.id)
    if report.refused:
        kind = importer(row.kind)
        error_file.write(errors, report.run_id, open_source(path, kind, row.meant), kind)
    return report


def _show(turn: _Turn, report: RunReport, effects: Effects, errors: Path) -> None:
    """Seal the refused rows and the examples; an upload that was only to be checked ends with them."""
    now = turn.clock()
    with _sealed(turn, report, errors) as sealed:
        if turn.row.dry_run:
            _end(turn, Upload.State.DONE, report, sealed, effects)
            return
        with transaction.atomic():
            row = Upload.objects.select_for_update().get(id=turn.row.id)
            _drop_errors(row)
            confirming.show(row, report, effects, sealed, now=now)


def _keep(turn: _Turn, report: RunReport, errors: Path) -> None:
    """Seal the refused rows and end the upload."""
    with _sealed(turn, report, errors) as sealed:
        _end(turn, Upload.State.DONE, report, sealed)


@contextmanager
def _sealed(turn: _Turn, report: RunReport, errors: Path) -> Iterator[Sealed | None]:
    """The refused rows, sealed; they do not stay when what is done with them fails."""
    sealed = sealed_files.store(turn.row.subject_id, submission.ERRORS, errors) if report.refused else None
    try:
        yield sealed
    except BaseException:
        if sealed is not None:
            sealed_files.delete(sealed)
        raise


def _drop_errors(row: Upload) -> None:
    """Refused rows of an earlier look at the file."""
    if row.error_key:
        transaction.on_commit(partial(sealed_files.delete, submission.errors_of(row)), robust=True)


def _end(
    turn: _Turn,
    state: Upload.State,
    report: RunReport | None = None,
    errors: Sealed | None = None,
    effects: Effects | None = None,
    **facts: object,
) -> None:
    _end_row(turn.row.id, state, turn.clock(), report, errors, effects, **facts)


def _end_row(
    upload_id: int,
    state: Upload.State,
    now: datetime,
    report: RunReport | None = None,
    errors: Sealed | None = None,
    effects: Effects | None = None,
    **facts: object,
) -> None:
    with transaction.atomic():
        row = Upload.objects.select_for_update().get(id=upload_id)
        _drop_errors(row)
        row.error_key, row.error_size, row.errors_until = "", 0, None
        if report is not None:
            row.run_id = report.run_id
        if errors is not None or effects is not None:
            confirming.keep(row, effects or Effects(), errors, now=now)
        for name, value in facts.items():
            setattr(row, name, value)
        submission.end(row, state, now=now)
        # The path it had in the workplace leads nowhere now.
        if row.run_id is not None:
            ImportRun.objects.filter(id=row.run_id).update(error_file="")
        told = {"upload": row.id, "state": state.value, "run": row.run_id}
        audit.record("import.upload_ended", subject=row.subject_id, by=SYSTEM, now=now, facts=told)


def _show_again(turn: _Turn) -> None:
    with transaction.atomic():
        row = Upload.objects.select_for_update().get(id=turn.row.id)
        confirming.show_again(row, now=turn.clock())


def _hold(turn: _Turn) -> None:
    """Another run of this kind is at work: wait, and say so."""
    with transaction.atomic():
        row = Upload.objects.select_for_update().get(id=turn.row.id)
        row.state, row.phase, row.tries = Upload.State.WAITING, Upload.HELD, row.tries - 1
        row.save(update_fields=["state", "phase", "tries"])
        submission.defer_run(row.id, at=turn.clock() + LATER)
