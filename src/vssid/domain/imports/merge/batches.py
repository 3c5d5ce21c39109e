"""Merge what was staged in batches; each is one transaction together with the run's place and counts."""

from __future__ import annotations

from django.db import connection, transaction

from vssid.infra import keys
from vssid.infra.database.patience import unhurried

from ..errors import NotAsShown
from ..importer import Batch, Counts
from ..models import ImportRun
from ..read import staging
from ..running import Progress, Work, note_refused


def merge(work: Work) -> None:
    """Merge the rest of a run. Raises NotAsShown before a batch that would do what was not shown."""
    row, table = work.run, staging.table_name(work.run.id)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT coalesce(max(line), 0) FROM "{table}"')  # noqa: S608
        last_line = cursor.fetchone()[0]
    while row.merged_to_line < last_line:
        _merge_batch(work, table)
        done = row.rows_new + row.rows_changed + row.rows_same
        work.tell(Progress("merging", done, row.rows_read - row.rows_refused))
    if work.effects is not None:
        row.effects = {"columns": work.effects.counts(), "digests": work.effects.digests}


def _merge_batch(work: Work, table: str) -> None:
    row, secret = work.run, work.secret
    first, last = row.merged_to_line + 1, row.merged_to_line + work.importer.batch_rows
    refused = set[tuple[int, str, str]]()

    def unseal(field: str, sealed: bytes) -> str:
        return keys.unseal(secret, bytes(sealed), field.encode()).decode()

    def refuse(line: int, field: str, code: str) -> None:
        refused.add((line, field, code))

    # Rows, counts and how far it is are one transaction: a killed run goes on behind its last batch and does
    # none twice.
    with unhurried() as cursor:
        batch = Batch(cursor, table, first, last, row.id, work.now, unseal, work.erases, refuse, work.effects)
        # A savepoint: of a dry run the rows are taken back and the counts are kept.
        with transaction.atomic():
            counts = work.importer.merge(batch)
            _hold_against_shown(work, first)
            if row.dry_run:  # it does all the work to count it, then takes it back
                transaction.set_rollback(True)
        note_refused(row, refused)
        _note(row, counts, last)


def _hold_against_shown(work: Work, first: int) -> None:
    if work.effects is None:
        return
    digest = work.effects.end_batch(first)
    if work.shown is not None and work.shown.get(str(first)) != digest:
        raise NotAsShown(run=work.run.id)


def _note(row: ImportRun, counts: Counts, last: int) -> None:
    row.rows_new += counts.new
    row.rows_changed += counts.changed
    row.rows_same += counts.same
    row.rows_refused += counts.refused
    row.merged_to_line = last
    row.save(update_fields=["rows_new", "rows_changed", "rows_same", "rows_refused", "merged_to_line"])
