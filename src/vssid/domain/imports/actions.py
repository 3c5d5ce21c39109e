"""Run an importer over a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from vssid.domain.audit import actions as audit
from vssid.domain.vault import actions as vault
from vssid.infra import keys
from vssid.kernel.actor import Actor

from . import alone, checking, error_file, staging
from .importer import Batch, Counts, Importer
from .models import ImportRun, RowError
from .queries import RunReport, report
from .reading import open_source
from .sources import Source

_KEY_PURPOSE = "import-run"
_LIVE = (ImportRun.State.STAGING, ImportRun.State.MERGING)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run is: rows `done` of `total` in the phase staging, checking or merging.

    While staging, `total` is a good guess, or 0 when nothing is known.
    """

    phase: str
    done: int
    total: int


Tell = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class _Work:
    run: ImportRun
    importer: Importer
    source: Source
    tell: Tell
    now: datetime


def run(
    importer: Importer,
    path: Path,
    *,
    by: Actor,
    now: datetime,
    sender: str = "",
    dry_run: bool = False,
    progress: Tell | None = None,
    errors_to: Path | None = None,
    wait: timedelta = timedelta(seconds=10),
) -> RunReport:
    """Load a file; wrong rows go to `errors_to` (by default below the data folder), the rest is merged.

    A run of the same file that was killed goes on where it stopped. A dry run checks and counts, and writes
    nothing to the register. Raises BadFile before any row is read; AlreadyRunning when another run of this
    kind does not end within `wait`.
    """
    source = open_source(path, importer)
    with alone.for_a_run(importer, wait):
        row = _begin(importer, source, by=by, now=now, sender=sender, dry_run=dry_run)
        work = _Work(row, importer, source, progress or (lambda _: None), now)
        try:
            _stage(work)
            _merge(work)
            _end(work, by, errors_to)
        except Exception:
            _give_up(row, ImportRun.State.FAILED)
            raise
    return report(row.id)


@contextmanager
def _unhurried() -> Iterator[Any]:
    """A transaction whose statements may take long."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', '0', true)")
        yield cursor


def _begin(
    importer: Importer, source: Source, *, by: Actor, now: datetime, sender: str, dry_run: bool
) -> ImportRun:
    """The run to go on with, or a new one. The lock is ours, so every live run of the kind is dead."""
    for dead in ImportRun.objects.filter(kind=importer.kind, state__in=_LIVE):
        if bytes(dead.sha256) == source.sha256 and not dead.dry_run and not dry_run:
            return dead
        _give_up(dead, ImportRun.State.STOPPED)
    with transaction.atomic():
        subject_id = vault.new_subject_id()
        return ImportRun.objects.create(
            subject_id=subject_id,
            sealed_key=vault.seal(subject_id, _KEY_PURPOSE, os.urandom(32)),
            kind=importer.kind,
            file_name=source.path.name[:255],
            sha256=source.sha256,
            sender=sender,
            actor_kind=by.kind.value,
            actor_id=by.id,
            started_at=now,
            dry_run=dry_run,
        )


def _secret(row: ImportRun) -> bytes:
    return vault.unseal(row.subject_id, _KEY_PURPOSE, row.sealed_key or b"")


def _stage(work: _Work) -> None:
    """Load and check the whole file in one transaction, unless a killed run had come past that."""
    row = work.run
    if row.state != ImportRun.State.STAGING:
        return
    secret, refused = _secret(row), set[tuple[int, str, str]]()

    def seal(field: str, plain: str) -> str:
        return "\\x" + keys.seal(secret, plain.encode(), field.encode()).hex()

    def refuse(line: int, field: str, code: str) -> None:
        refused.add((line, field, code))

    with _unhurried() as cursor:
        staging.create(cursor, row.id, work.importer)
        loaded = staging.load(
            cursor,
            row.id,
            work.importer,
            work.source,
            seal=seal,
            refuse=refuse,
            progress=lambda done, total: work.tell(Progress("staging", done, total)),
        )
        row.rows_read = loaded.rows
        work.tell(Progress("checking", loaded.rows, loaded.rows))
        staging.finish(cursor, row.id)
        RowError.objects.bulk_create(
            [RowError(run=row, line=line, field=field, code=code) for line, field, code in refused],
            batch_size=5000,
        )
        checking.check(cursor, row.id, work.importer, unread=loaded.unread)
        row.rows_refused = RowError.objects.filter(run=row).values("line").distinct().count()
        row.state = ImportRun.State.MERGING
        row.save(update_fields=["rows_read", "rows_refused", "state"])


def _merge(work: _Work) -> None:
    """Merge batch after batch; each is one transaction together with the run's place and counts."""
    row, secret = work.run, _secret(work.run)
    table = staging.table_name(row.id)

    def unseal(field: str, sealed: bytes) -> str:
        return keys.unseal(secret, bytes(sealed), field.encode()).decode()

    with connection.cursor() as cursor:
        cursor.execute(f'SELECT coalesce(max(line), 0) FROM "{table}"')  # noqa: S608
        last_line = cursor.fetchone()[0]
    while row.merged_to_line < last_line:
        first, last = row.merged_to_line + 1, row.merged_to_line + work.importer.batch_rows
        with _unhurried() as cursor:
            counts = work.importer.merge(Batch(cursor, table, first, last, row.id, work.now, unseal))
            _note(row, counts, last)
            if row.dry_run:  # it does all the work to count it, then takes it back
                transaction.set_rollback(True)
        done = row.rows_new + row.rows_changed + row.rows_same
        work.tell(Progress("merging", done, row.rows_read - row.rows_refused))


def _note(row: ImportRun, counts: Counts, last: int) -> None:
    row.rows_new += counts.new
    row.rows_changed += counts.changed
    row.rows_same += counts.same
    row.merged_to_line = last
    row.save(update_fields=["rows_new", "rows_changed", "rows_same", "merged_to_line"])


def _end(work: _Work, by: Actor, errors_to: Path | None) -> None:
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
