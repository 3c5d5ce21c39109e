"""What the job does with a file: read it, keep its good rows and its error file, and show what taking it
would do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import F

from vssid.domain.imports.check import error_file
from vssid.domain.imports.errors import BadFile
from vssid.domain.imports.files.reading import open_source
from vssid.domain.imports.files.sources import Source
from vssid.domain.imports.read.written_days import Order
from vssid.domain.imports.uploads import clear_files, sealed_files
from vssid.domain.imports.uploads.sealed_files import Sealed
from vssid.domain.vault.rings import Ring

from ..models.own_file import FileRow, OwnFile
from . import reading, receiving, taking
from .columns import IMPORTER
from .reading import Read, Row

log = structlog.get_logger()
MOST_TRIES = 3  # that may die: what kills one process kills the next
# A refusal's facts that are ours; names of unknown columns may be a row of people's data.
_FACTS = ("reason", "found", "lacking", "twice", "expected", "columns", "cells", "most")
_COLUMNS = (
    *("subject_id", "line", "full_name", "name_folded", "birth_date", "birth_precision", "bhxh_code"),
    *("id_kind", "id_key", "old_id_kind", "old_id_key", "department", "sealed"),
)


def work(file_id: int, *, now: datetime) -> None:
    """Read a file that waits for it; twice is as once, and a killed attempt leaves nothing half done."""
    row = _claim(file_id)
    if row is None:
        return
    try:
        with _in_clear(row) as path:
            _read(row, path, now)
    except BadFile as refusal:
        facts = {name: value for name, value in refusal.facts.items() if name in _FACTS}
        _refuse(row, facts)
    except (DatabaseError, InterfaceError):
        raise
    except _Away:
        return
    except Exception as error:
        # By its type only: what it says may quote a cell.
        log.error("own_file_failed", file=row.id, error=type(error).__name__)
        _refuse(row, {"reason": "heavy", "found": ""})


def _claim(file_id: int) -> OwnFile | None:
    with transaction.atomic():
        row = OwnFile.objects.select_for_update().filter(id=file_id, state=OwnFile.State.READING).first()
        if row is None:
            return None
        if row.tries >= MOST_TRIES:
            row.state, row.refusal = OwnFile.State.REFUSED, {"reason": "died"}
            row.save()
            return None
        row.tries += 1
        row.save()
    return row


@contextmanager
def _in_clear(row: OwnFile) -> Iterator[Path]:
    """The file, open to this process only; gone afterwards."""
    with clear_files.incoming(row.file_name) as file:
        for plain in sealed_files.read(receiving.file_of(row)):
            file.write(plain)
        file.flush()
        yield Path(file.name)


def _read(row: OwnFile, path: Path, now: datetime) -> None:
    order = Order(row.day_order)
    source = open_source(path, IMPORTER, row.meant, most=settings.IMPORT_UPLOAD_UNPACKED)

    def tell(done: int) -> None:
        OwnFile.objects.filter(id=row.id).update(done=done)

    found = reading.read(source, order, tell)
    errors = _errors(row, source, found, order)
    try:
        _keep(row, source, found, errors, now)
    except BaseException:
        if errors is not None:
            sealed_files.delete(errors)
        raise


def _errors(row: OwnFile, source: Source, found: Read, order: Order) -> Sealed | None:
    """The refused rows, sealed: a file that goes in again once it is mended."""
    if not found.refused:
        return None
    with clear_files.incoming("loi.csv") as file:
        path = Path(file.name)
        error_file.write_rows(path, found.refused, source, IMPORTER, order, titled=True)
        return sealed_files.store(row.subject_id, receiving.ERRORS, path, folder=receiving.FOLDER)


def _keep(row: OwnFile, source: Source, found: Read, errors: Sealed | None, now: datetime) -> None:
    with transaction.atomic():
        row = OwnFile.objects.select_for_update().get(id=row.id)
        if row.state != OwnFile.State.READING:
            # Put away meanwhile.
            raise _Away
        FileRow.objects.filter(subject_id=row.subject_id).delete()
        _copy(row.subject_id, found.rows)
        if row.error_key:
            old = receiving.errors_of(row)
            transaction.on_commit(lambda: sealed_files.delete(old), robust=True)
        row.error_key, row.error_size = (errors.key, errors.size) if errors else ("", 0)
        row.state, row.headings, row.mends = OwnFile.State.SHOWN, source.headings, source.mends
        row.counts = taking.foresee(row) | {
            "rows": len(found.rows) + len(found.refused),
            "refused": len(found.refused),
            "aside": len(found.aside),
        }
        row.save()


class _Away(Exception):
    """The file was put away while it was read."""


def _copy(subject_id: int, rows: list[Row]) -> None:
    ring = Ring([subject_id])
    told = [_values(ring, subject_id, row) for row in rows]  # before: while it copies nothing else is asked
    names = ", ".join(_COLUMNS)
    with connection.cursor() as cursor, cursor.copy(f"COPY employers_file_row ({names}) FROM STDIN") as copy:
        for values in told:
            copy.write_row(values)


def _values(ring: Ring, subject_id: int, row: Row) -> tuple[Any, ...]:
    plain = json.dumps(row.private, ensure_ascii=False).encode()
    kept = (getattr(row, name) for name in _COLUMNS[1:-1])
    return (subject_id, *kept, ring.seal(subject_id, taking.ROW, plain, row=row.line))


def _refuse(row: OwnFile, facts: dict[str, Any]) -> None:
    OwnFile.objects.filter(id=row.id, state=OwnFile.State.READING).update(
        state=OwnFile.State.REFUSED, refusal=facts, done=F("done")
    )
