"""Undo a run: each row goes back to what it was before, unless it changed since; what was new goes.

What cannot go back is listed by the line it had in the file, and stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError, transaction

from vssid.domain.audit import actions as audit
from vssid.domain.vault import sealing as vault
from vssid.infra import jobs
from vssid.infra.database.constraints import constraint_of
from vssid.infra.database.patience import unhurried
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.errors import DomainError

from ..importer import Undoing, Undone
from ..models import Before, ImportRun
from ..queries import RunReport, report
from ..registry import importer
from ..running import note_refused
from . import officer_row, writer_lock

JOB = "imports.undo_run"
_ENDED = (ImportRun.State.DONE, ImportRun.State.STOPPED, ImportRun.State.FAILED)


class CannotUndo(DomainError):
    """The run cannot be undone. Facts: `run`, `reason`.

    Reasons: kind (such files are not undone), nothing (it wrote nothing), late (the term is over), undone
    (somebody does it or did it).
    """

    code = "import_cannot_undo"


def why_not(row: ImportRun, now: datetime) -> str:
    """Why a run cannot be undone; empty when it can."""
    if row.kind == officer_row.KIND or row.undoes_id is not None or importer(row.kind).undo is None:
        return "kind"
    if row.dry_run or row.state not in _ENDED or not row.rows_new + row.rows_changed:
        return "nothing"
    if row.ended_at is None or row.ended_at < now - timedelta(days=settings.IMPORT_UNDO_DAYS):
        return "late"
    if _undoes(row).exists():
        return "undone"
    return ""


def _undoes(row: ImportRun) -> Any:
    return ImportRun.objects.filter(undoes=row, state__in=ImportRun.COUNTS)


def ask(run_id: int, *, by: Actor, now: datetime) -> int:
    """Have a run undone by a worker; returns the number of the run that does it. Raises CannotUndo."""
    with transaction.atomic():
        undo = _begin(run_id, by, now)
        defer(undo.id)
        facts = {"run": run_id, "kind": undo.kind}
        audit.record("import.undo_asked", subject=undo.subject_id, by=by, now=now, facts=facts)
    return undo.id


def defer(undo_id: int, *, at: datetime | None = None) -> None:
    """Queue the job that undoes, in the caller's transaction."""
    jobs.defer(JOB, at=at, queue="imports", priority=-10, lock="imports", run_id=undo_id)  # as uploads


def undo(run_id: int, *, by: Actor, now: datetime, wait: timedelta = timedelta(seconds=10)) -> RunReport:
    """Undo a run now. Raises CannotUndo, or AlreadyRunning when another of its kind does not end in time."""
    row = _begin(run_id, by, now)
    return do(row.id, now=now, wait=wait)


def _begin(run_id: int, by: Actor, now: datetime) -> ImportRun:
    row = ImportRun.objects.get(id=run_id)
    if reason := why_not(row, now):
        raise CannotUndo(run=run_id, reason=reason)
    # The constraint decides who undoes: a second one would put back what the first has put back.
    try:
        with transaction.atomic():
            return ImportRun.objects.create(
                subject_id=vault.new_subject_id(),
                kind=row.kind,
                file_name=row.file_name,
                sha256=row.sha256,
                sender=row.sender,
                actor_kind=by.kind.value,
                actor_id=by.id,
                office_code=row.office_code,
                started_at=now,
                undoes=row,
            )
    except IntegrityError as error:
        if constraint_of(error) != "imports_run_undone_once":
            raise
        raise CannotUndo(run=run_id, reason="undone") from None


def do(undo_id: int, *, now: datetime, wait: timedelta) -> RunReport:
    """What `ask` had queued, in one transaction: a killed one did nothing and is repeated.

    Raises AlreadyRunning.
    """
    row = ImportRun.objects.get(id=undo_id)
    if row.state in _ENDED or row.undoes_id is None:
        return report(undo_id)
    kind = importer(row.kind)
    try:
        # The kind's lock first and then the transaction, so that it sees all that the last file wrote.
        with writer_lock.for_a_run(kind, wait), unhurried() as cursor:
            assert kind.undo is not None
            done = kind.undo(Undoing(cursor, row.undoes_id, row.id, now))
            _end(row, done, now)
    except (DomainError, OperationalError, InterfaceError):
        raise  # it is tried again
    except Exception:
        # It would fail again, so it is over. Written by itself: what failed was rolled back.
        ImportRun.objects.filter(id=undo_id).update(state=ImportRun.State.FAILED, ended_at=now)
        raise
    return report(undo_id)


def _end(row: ImportRun, done: Undone, now: datetime) -> None:
    left = {(line, "", code) for line, code in done.left}
    note_refused(row, left)
    row.rows_read, row.rows_changed, row.rows_new = (
        done.back + done.removed + len(left),
        done.back,
        done.removed,
    )
    row.rows_refused = len(left)
    row.state, row.ended_at = ImportRun.State.DONE, now
    row.save()
    by = Actor(ActorKind(row.actor_kind), row.actor_id, "", row.office_code)
    facts: Mapping[str, Any] = {
        "run": row.undoes_id,
        "kind": row.kind,
        "back": done.back,
        "removed": done.removed,
        "left": len(left),
    }
    audit.record("import.undone", subject=row.subject_id, by=by, now=now, facts=dict(facts))


def forget_before(now: datetime) -> int:
    """Delete what rows were before runs whose term is over; returns how many rows."""
    over = now - timedelta(days=settings.IMPORT_UNDO_DAYS)
    deleted, _ = Before.objects.filter(run__ended_at__lt=over).delete()
    return deleted
