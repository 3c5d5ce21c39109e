"""Hand in a file, say what its headings mean, put it away again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.imports.read import known_headings
from vssid.domain.imports.read.written_days import Order
from vssid.domain.imports.uploads import sealed_files
from vssid.domain.imports.uploads.sealed_files import Sealed
from vssid.domain.vault import sealing as vault
from vssid.infra import jobs
from vssid.infra.database.constraints import constraint_of
from vssid.kernel.actor import Actor
from vssid.kernel.errors import NotYours

from ..models.own_file import FileRow, OwnFile
from .columns import IMPORTER
from .errors import NotShown

FILE, ERRORS, FOLDER = "employers-own-file", "employers-own-file-errors", "employers"
READ_JOB = "employers.read_own_file"
_CHUNK = 1 << 20


def receive(path: Path, employer: str, *, file_name: str, by: Actor, now: datetime) -> int:
    """Keep a file, sealed, and queue its reading; returns its number.

    The same file as one that is open or counts is that one: nothing changes. Another that was open is put
    away. Call it outside a transaction: it reads the whole file.
    """
    sha256 = _digest(path)
    if (same := _same(employer, sha256)) is not None:
        return same
    subject_id = vault.new_subject_id()
    sealed = sealed_files.store(subject_id, FILE, path, folder=FOLDER)
    try:
        return _queue(sealed, employer, sha256, file_name, by, now)
    except BaseException as error:
        sealed_files.delete(sealed)
        vault.erase(subject_id)
        # Of two who hand in the same at once the second is led to the first.
        second = constraint_of(error) == "employers_own_file_open"
        if not second or (same := _same(employer, sha256)) is None:
            raise
        return same


def mean(
    file_id: int, employer: str, meant: Mapping[str, str], *, order: Order, by: Actor, now: datetime
) -> None:
    """Read an open file again by what was said of its headings (heading → column, "" for one that is passed
    over) and days, which is remembered for the next one. Raises NotYours, NotShown.
    """
    columns = {column.name for column in IMPORTER.columns}
    told = {heading: column for heading, column in meant.items() if column in columns or not column}
    with transaction.atomic():
        row = locked(file_id, employer)
        if row.state not in (OwnFile.State.SHOWN, OwnFile.State.REFUSED):
            raise NotShown(file=file_id)
        row.state, row.meant, row.day_order = OwnFile.State.READING, {**row.meant, **told}, order.value
        row.done, row.tries, row.refusal, row.counts = 0, 0, {}, {}
        row.save()
        known_headings.note(IMPORTER.kind, employer, "", told, by=by.id, now=now)
        jobs.defer(READ_JOB, file_id=row.id)
        audit.record("employer.file_matched", **about(row, by, now))


def drop(file_id: int, employer: str, *, by: Actor, now: datetime) -> None:
    """Put an open file away; nothing of it stays. Raises NotYours, NotShown."""
    with transaction.atomic():
        row = locked(file_id, employer)
        if row.state not in OwnFile.OPEN:
            raise NotShown(file=file_id)
        end(row, OwnFile.State.DROPPED)
        audit.record("employer.file_dropped", **about(row, by, now))


def locked(file_id: int, employer: str) -> OwnFile:
    """An employer's own file. Raises NotYours."""
    row = OwnFile.objects.select_for_update().filter(id=file_id, employer_code=employer).first()
    if row is None:
        raise NotYours
    return row


def end(row: OwnFile, state: OwnFile.State) -> None:
    """Put a locked file away in the caller's transaction: its rows, its blobs and its key go."""
    FileRow.objects.filter(subject_id=row.subject_id).delete()
    for sealed in (file_of(row), errors_of(row)):
        if sealed.key:
            transaction.on_commit(partial(sealed_files.delete, sealed), robust=True)
    vault.erase(row.subject_id)
    row.state, row.blob_key, row.error_key = state, "", ""
    row.save()


def file_of(row: OwnFile) -> Sealed:
    """Where the file itself lies."""
    return Sealed(row.subject_id, FILE, row.blob_key, row.size)


def errors_of(row: OwnFile) -> Sealed:
    """Where its refused rows lie."""
    return Sealed(row.subject_id, ERRORS, row.error_key, row.error_size)


def about(row: OwnFile, by: Actor, now: datetime, **facts: object) -> dict[str, Any]:
    """What an event says of a file."""
    told = {"employer": row.employer_code, "file": row.id, **facts}
    return {"subject": row.subject_id, "by": by, "now": now, "facts": told}


def _queue(sealed: Sealed, employer: str, sha256: bytes, file_name: str, by: Actor, now: datetime) -> int:
    assert by.id is not None
    with transaction.atomic():
        for open_one in OwnFile.objects.select_for_update().filter(
            employer_code=employer, state__in=OwnFile.OPEN
        ):
            end(open_one, OwnFile.State.DROPPED)
        row = OwnFile.objects.create(
            subject_id=sealed.subject_id,
            employer_code=employer,
            file_name=file_name[:255],
            sha256=sha256,
            state=OwnFile.State.READING,
            meant=known_headings.of(IMPORTER.kind, employer, ""),
            blob_key=sealed.key,
            size=sealed.size,
            by_id=by.id,
            by_name=by.name,
            made_at=now,
        )
        jobs.defer(READ_JOB, file_id=row.id)
        audit.record("employer.file_handed_in", **about(row, by, now))
    return row.id


def _same(employer: str, sha256: bytes) -> int | None:
    counts = (*OwnFile.OPEN, OwnFile.State.TAKEN)
    rows = OwnFile.objects.filter(employer_code=employer, sha256=sha256, state__in=counts)
    return rows.order_by("-id").values_list("id", flat=True).first()


def _digest(path: Path) -> bytes:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.digest()
