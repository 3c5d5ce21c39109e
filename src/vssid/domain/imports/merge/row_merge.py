"""Write one row by hand, by the rules and the merge of its kind's files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from vssid.kernel.errors import Invalid

from ..check import checking
from ..errors import BadCell
from ..importer import Batch, Counts, Importer
from ..models import RowError
from ..read import staging
from . import writer_lock

WAIT = timedelta(seconds=5)
LONGEST = 20_000  # characters of a cell
_LINE = 1


def write(
    importer: Importer, cells: Mapping[str, str], *, run_id: int, now: datetime, reach: str = ""
) -> Counts:
    """Check and merge one row of cells by column, as a file would have them; columns not named are empty, and
    what is empty is so in the register afterwards.

    `run_id` is the row's provenance, `reach` as of a run. Raises Invalid with the column and code of each
    refusal, and AlreadyRunning while a file of this kind is being loaded; then nothing was written.
    """
    erases = frozenset(importer.staged())
    with transaction.atomic(), connection.cursor() as cursor:
        # First of all, so that what the checks read is what the merge then changes.
        hold(importer)
        staging.create(cursor, run_id, importer)
        unread = _stage(cursor, importer, cells, run_id)
        RowError.objects.bulk_create(
            [RowError(run_id=run_id, line=_LINE, field=field, code=code) for field, code in unread.items()]
        )
        checking.check(cursor, run_id, importer, checking.Bounds(erases, reach))
        refused = RowError.objects.filter(run_id=run_id).order_by("field", "code")
        if refusals := {row_error.field: row_error.code for row_error in refused}:
            raise Invalid(**refusals | unread)
        table = staging.table_name(run_id)
        counts = importer.merge(Batch(cursor, table, _LINE, _LINE, run_id, now, _nothing_sealed, erases))
        staging.drop(cursor, run_id)
    return counts


def hold(importer: Importer) -> None:
    """Keep other writers of the kind away until the transaction ends. Raises AlreadyRunning.

    Who locks rows of the kind holds it first, so that nobody waits for a row while its holder waits.
    """
    with connection.cursor() as cursor:
        writer_lock.for_this_transaction(cursor, importer, WAIT)


def _stage(cursor: Any, importer: Importer, cells: Mapping[str, str], run_id: int) -> dict[str, str]:
    """Put the row into staging; columns that could not be read, with the code why, are empty there."""
    values: dict[str, object] = {}
    refused: dict[str, str] = {}
    for column in importer.columns:
        try:
            cell = _tidy(cells.get(column.name, ""))
            if column.parse is None:
                values[column.name] = cell or None
            elif cell:
                values |= dict(zip(column.gives, column.parse(cell, _no_seal), strict=True))
            elif column.required:
                raise BadCell("missing")
        except BadCell as bad:
            refused[column.name] = bad.code
    cursor.execute(
        sql.SQL("INSERT INTO {} (line, {}) VALUES ({}, {})").format(
            sql.Identifier(staging.table_name(run_id)),
            sql.SQL(", ").join(map(sql.Identifier, values)),
            sql.Literal(_LINE),
            sql.SQL(", ").join([sql.Placeholder()] * len(values)),
        ),
        list(values.values()),
    )
    return refused


def _tidy(cell: str) -> str:
    """Without line breaks and space at the edges. Raises BadCell for what no cell can hold."""
    if "\0" in cell:
        raise BadCell("bad_value")
    if len(cell) > LONGEST:
        raise BadCell("too_long")
    return " ".join(cell.split()) if "\n" in cell or "\r" in cell else cell.strip()


def _no_seal(field: str, plain: str) -> str:
    raise NotImplementedError("a row by hand has no sealed cells")


def _nothing_sealed(field: str, sealed: bytes) -> str:
    raise NotImplementedError("a row by hand has no sealed cells")
