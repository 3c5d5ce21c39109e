"""Hand in a file, cancel it, take away its refused rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import IntegrityError, transaction

from vssid.domain.audit import actions as audit
from vssid.domain.vault import actions as vault
from vssid.infra import jobs
from vssid.kernel.actor import Actor
from vssid.kernel.errors import DomainError, NotYours

from . import policy, sealed_files
from .models import Upload
from .reading import open_source
from .registry import importer
from .sealed_files import Sealed

FILE, ERRORS = "upload", "upload-errors"
RUN_JOB = "imports.run_upload"
# One upload at a time in all workers: a batch of files must not keep messages to people waiting.
_TURN = "imports"


class NotWaiting(DomainError):
    """The upload is being loaded or has ended, so it cannot be cancelled. Facts: `upload`."""

    code = "upload_not_waiting"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is said about a file: its kind and own name, who sent it, and whether it is only to be checked."""

    kind: str
    file_name: str
    sender: str
    dry_run: bool = False


def receive(path: Path, delivery: Delivery, *, by: Actor, now: datetime) -> int:
    """Check a file, seal it and queue its import; returns the upload.

    The same file of this office that is still open is not taken twice: its upload is returned. Raises
    UnknownKind or BadFile. Call it outside a transaction: it reads the whole file.
    """
    policy.require_office(by)
    source = open_source(path, importer(delivery.kind))
    if (open_one := _open_one(delivery, source.sha256, by)) is not None:
        return open_one
    subject_id = vault.new_subject_id()
    sealed = sealed_files.store(subject_id, FILE, path)
    try:
        return _queue(sealed, delivery, source.sha256, by, now)
    except BaseException as error:
        sealed_files.delete(sealed)
        vault.erase(subject_id)
        # Of two who send the same file at once the second is led to the first.
        second = isinstance(error, IntegrityError) and "imports_upload_one_open" in str(error)
        open_one = _open_one(delivery, source.sha256, by) if second else None
        if open_one is None:
            raise
        return open_one


def _open_one(delivery: Delivery, sha256: bytes, by: Actor) -> int | None:
    return (
        policy.uploads_for(by)
        .filter(kind=delivery.kind, sha256=sha256, dry_run=delivery.dry_run, state__in=Upload.OPEN)
        .values_list("id", flat=True)
        .first()
    )


def _queue(sealed: Sealed, delivery: Delivery, sha256: bytes, by: Actor, now: datetime) -> int:
    assert by.id is not None
    with transaction.atomic():
        row = Upload.objects.create(
            subject_id=sealed.subject_id,
            office_code=by.office,
            actor_id=by.id,
            actor_name=by.name,
            kind=delivery.kind,
            file_name=delivery.file_name[:255],
            size=sealed.size,
            sha256=sha256,
            sender=delivery.sender,
            dry_run=delivery.dry_run,
            created_at=now,
            blob_key=sealed.key,
        )
        defer_run(row.id)
        _note("import.uploaded", row, by=by, now=now)
    return row.id


def defer_run(upload_id: int, *, at: datetime | None = None) -> None:
    """Queue the job that loads an upload, in the caller's transaction."""
    jobs.defer(RUN_JOB, at=at, lock=_TURN, upload_id=upload_id)


def cancel(upload_id: int, *, by: Actor, now: datetime) -> None:
    """Take back an upload that still waits. Raises NotYours, NotWaiting."""
    with transaction.atomic():
        row = _locked(upload_id, by)
        if row.state != Upload.State.WAITING:
            raise NotWaiting(upload=upload_id)
        end(row, Upload.State.CANCELLED, now=now)
        _note("import.cancelled", row, by=by, now=now)


def end(row: Upload, state: Upload.State, *, now: datetime) -> None:
    """End a locked upload in the caller's transaction: the file goes, and its key when no errors are kept."""
    transaction.on_commit(partial(sealed_files.delete, file_of(row)), robust=True)
    row.state, row.ended_at, row.blob_key = state, now, ""
    row.save()
    if not row.error_key:
        vault.erase(row.subject_id)


def refused_rows(upload_id: int, *, by: Actor, now: datetime) -> Iterator[bytes]:
    """The error file, chunk by chunk; that it was taken is logged. Raises NotYours when there is none."""
    with transaction.atomic():
        row = _locked(upload_id, by)
        if not row.error_key or (row.errors_until is not None and row.errors_until <= now):
            raise NotYours
        _note("import.errors_downloaded", row, by=by, now=now)
    return sealed_files.read(errors_of(row))


def file_of(row: Upload) -> Sealed:
    """Where the file of an upload lies."""
    return Sealed(row.subject_id, FILE, row.blob_key, row.size)


def errors_of(row: Upload) -> Sealed:
    """Where the refused rows of an upload lie."""
    return Sealed(row.subject_id, ERRORS, row.error_key, row.error_size)


def _locked(upload_id: int, by: Actor) -> Upload:
    row = policy.uploads_for(by).select_for_update().filter(id=upload_id).first()
    if row is None:
        raise NotYours
    return row


def _note(event: str, row: Upload, *, by: Actor, now: datetime) -> None:
    facts = {"upload": row.id, "kind": row.kind, "dry_run": row.dry_run}
    audit.record(event, subject=row.subject_id, by=by, now=now, facts=facts)
