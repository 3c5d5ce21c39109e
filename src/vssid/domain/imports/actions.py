"""Run an importer over a file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from vssid.domain.audit import actions as audit
from vssid.domain.vault import sealing as vault
from vssid.infra import keys
from vssid.infra.database.patience import unhurried
from vssid.kernel.actor import Actor

from .check import checking, error_file, left_out, repeated
from .errors import BadFile, NotAsShown
from .files.reading import open_source
from .files.sources import Source
from .importer import Importer
from .merge import batches, writer_lock
from .merge.effects import Effects
from .models import ImportRun, RowError
from .queries import RunReport, report
from .read import loading, staging
from .read.written_days import Order
from .running import KEY_PURPOSE, Progress, Tell, Work, note_refused

_LIVE = (ImportRun.State.STAGING, ImportRun.State.MERGING)


def run(
    importer: Importer,
    path: Path,
    *,
    by: Actor,
    now: datetime,
    sender: str = "",
    dry_run: bool = False,
    blanks_erase: bool = False,
    reach: str = "",
    progress: Tell | None = None,
    errors_to: Path | None = None,
    wait: timedelta = timedelta(seconds=10),
    order: Order = Order.UNSAID,
    effects: Effects | None = None,
    as_shown: int | None = None,
    meant: Mapping[str, str] | None = None,
) -> RunReport:
    """Load a file; wrong rows go to `errors_to` (by default below the data folder), the rest is merged.

    What a file does not say stays as it is: columns it has not, and blank cells unless `blanks_erase`. With
    the code of an office in `reach` only what lies at or below it is changed, other rows are refused.

    A run of the same file that was killed goes on where it stopped. A dry run checks and counts, and writes
    nothing to the register. `order` says how the days of the file are meant, `meant` what headings are (as in
    Matcher). `effects` listens to what is done. With the number of a dry run of the same file in `as_shown`
    nothing is done but what that one showed: where the register has moved on, NotAsShown is raised, and only
    batches before stay. Raises BadFile before any row is written; AlreadyRunning when another run of this
    kind does not end in time.
    """
    source = open_source(path, importer, meant)
    with writer_lock.for_a_run(importer, wait):
        like = {
            "dry_run": dry_run,
            "blanks_erase": blanks_erase,
            "office_code": reach,
            "day_order": order.value,
            "meant": dict(meant or {}),
        }
        shown = _shown(as_shown, source)
        row = _begin(importer, source, like, by=by, now=now, sender=sender)
        if effects is None and (dry_run or shown is not None):
            effects = Effects()
        work = Work(row, importer, source, progress or (lambda _: None), now, effects, shown)
        try:
            _stage(work)
            batches.merge(work)
            _end(work, by, errors_to)
        except (BadFile, NotAsShown):
            _give_up(row, ImportRun.State.STOPPED)
            raise
        except Exception:
            _give_up(row, ImportRun.State.FAILED)
            raise
    return report(row.id)


def _shown(run_id: int | None, source: Source) -> dict[str, str] | None:
    """The digests of what a dry run of this very file showed. Raises NotAsShown for another file's."""
    if run_id is None:
        return None
    row = ImportRun.objects.get(id=run_id, dry_run=True)
    if bytes(row.sha256) != source.sha256:
        raise NotAsShown(run=run_id)
    return dict(row.effects["digests"])


def _begin(
    importer: Importer, source: Source, like: Mapping[str, Any], *, by: Actor, now: datetime, sender: str
) -> ImportRun:
    """The run to go on with, or a new one. The lock is ours, so every live run of the kind is dead."""
    for dead in ImportRun.objects.filter(kind=importer.kind, state__in=_LIVE, undoes=None):
        as_asked = all(getattr(dead, name) == asked for name, asked in like.items())
        if bytes(dead.sha256) == source.sha256 and as_asked and not dead.dry_run:
            return dead
        _give_up(dead, ImportRun.State.STOPPED)
    with transaction.atomic():
        subject_id = vault.new_subject_id()
        return ImportRun.objects.create(
            subject_id=subject_id,
            sealed_key=vault.seal(subject_id, KEY_PURPOSE, os.urandom(32)),
            kind=importer.kind,
            file_name=source.path.name[:255],
            headings=source.headings,
            sha256=source.sha256,
            sender=sender,
            actor_kind=by.kind.value,
            actor_id=by.id,
            started_at=now,
            **like,
        )


def _stage(work: Work) -> None:
    """Load and check the whole file in one transaction, unless a killed run had come past that."""
    row = work.run
    if row.state != ImportRun.State.STAGING:
        return
    secret, refused, aside = work.secret, set[tuple[int, str, str]](), set[tuple[int, str, str]]()

    def seal(field: str, plain: str) -> str:
        return "\\x" + keys.seal(secret, plain.encode(), field.encode()).hex()

    def refuse(line: int, field: str, code: str) -> None:
        refused.add((line, field, code))

    def leave_out(line: int, field: str, code: str) -> None:
        aside.add((line, field, code))

    with unhurried() as cursor:
        loaded = loading.load(
            cursor,
            row.id,
            work.importer,
            work.source,
            seal=seal,
            refuse=refuse,
            leave_out=leave_out,
            progress=lambda done, total: work.tell(Progress("staging", done, total)),
            order=Order(row.day_order),
        )
        if not loaded.rows:
            raise BadFile(reason="no_rows")
        row.rows_read = loaded.rows
        work.tell(Progress("checking", loaded.rows, loaded.rows))
        staging.finish(cursor, row.id)
        note_refused(row, refused)
        left_out.keep(row.id, aside)
        bounds = checking.Bounds(work.erases, row.office_code)
        checking.check(cursor, row.id, work.importer, bounds, cells=not loaded.checked)
        row.rows_repeated = repeated.settle(cursor, row.id, work.importer, secret)
        row.rows_same = row.rows_repeated
        row.rows_refused = RowError.objects.filter(run=row).values("line").distinct().count()
        row.state = ImportRun.State.MERGING
        row.save(update_fields=["rows_read", "rows_same", "rows_repeated", "rows_refused", "state"])


def _end(work: Work, by: Actor, errors_to: Path | None) -> None:
    row = work.run
    if row.rows_refused:
        target = errors_to or settings.DATA / "imports" / f"{row.kind}-{row.id}-loi.csv"
        error_file.write(target, row.id, work.source, work.importer)
        row.error_file = str(target)
    with transaction.atomic():
        with connection.cursor() as cursor:
            staging.drop(cursor, row.id)
        vault.erase(row.subject_id)
        row.state, row.ended_at, row.sealed_key = ImportRun.State.DONE, timezone.now(), None
        row.save()
        audit.record(
            "import_done",
            subject=row.subject_id,
            by=by,
            now=work.now,
            facts={
                "kind": row.kind,
                "run": row.id,
                "dry_run": row.dry_run,
                "new": row.rows_new,
                "changed": row.rows_changed,
                "same": row.rows_same,
                "repeated": row.rows_repeated,
                "refused": row.rows_refused,
            },
        )


def _give_up(row: ImportRun, state: ImportRun.State) -> None:
    """End a run that will not go on: its staging and its key go, what it merged stays."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            staging.drop(cursor, row.id)
        vault.erase(row.subject_id)
        ImportRun.objects.filter(id=row.id).update(state=state, ended_at=timezone.now(), sealed_key=None)
