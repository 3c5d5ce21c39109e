"""Hand in a file, cancel it, take away its refused rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.vault import sealing as vault
from vssid.infra import jobs
from vssid.infra.database.constraints import constraint_of
from vssid.kernel.actor import Actor
from vssid.kernel.errors import DomainError, NotYours

from ..files.reading import open_source
from ..files.sources import Source
from ..merge import undo
from ..models import Upload
from ..read import known_headings
from ..read.written_days import Order
from ..registry import importer
from . import policy, sealed_files
from .sealed_files import Sealed

FILE, ERRORS = "upload", "upload-errors"
RUN_JOB = "imports.run_upload"
# A batch of files must not keep messages to people waiting: one at a time in all workers, and what else
# could start goes first.
QUEUE, TURN, BEHIND = "imports", "imports", -10


class NotWaiting(DomainError):
    """The upload is being loaded or has ended, so it cannot be cancelled. Facts: `upload`."""

    code = "upload_not_waiting"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is said about a file: its kind and own name, who sent it, whether it is only to be checked,
    whether its blank cells erase, how its days are meant, and what headings are that nobody knew (heading →
    column, "" for one that is passed over), which is remembered for its sender.
    """

    kind: str
    file_name: str
    sender: str
    dry_run: bool = False
    blanks_erase: bool = False
    order: Order = Order.UNSAID
    meant: Mapping[str, str] = field(default_factory=dict)


def receive(path: Path, delivery: Delivery, *, by: Actor, now: datetime) -> int:
    """Check a file, seal it and queue its import; returns the upload.

    The same file of this office that is still open is not taken twice: its upload is returned. Raises
    UnknownKind or BadFile. Call it outside a transaction: it reads the whole file.
    """
    policy.require_office(by)
    known = known_headings.of(delivery.kind, delivery.sender, by.office)
    delivery = replace(delivery, meant={**known, **delivery.meant})
    source = open_source(path, importer(delivery.kind), delivery.meant, most=settings.IMPORT_UPLOAD_UNPACKED)
    if (open_one := _open_one(delivery, source.sha256, by)) is not None:
        return open_one
    subject_id = vault.new_subject_id()
    sealed = sealed_files.store(subject_id, FILE, path)
    try:
        return _queue(sealed, delivery, source, by, now)
    except BaseException as error:
        sealed_files.delete(sealed)
        vault.erase(subject_id)
        # Of two who send the same file at once the second is led to the first.
        second = constraint_of(error) == "imports_upload_one_open"
        open_one = _open_one(delivery, source.sha256, by) if second else None
        if open_one is None:
            raise
        return open_one


def _open_one(delivery: Delivery, sha256: bytes, by: Actor) -> int | None:
    said = {
        "kind": delivery.kind,
        "dry_run": delivery.dry_run,
        "blanks_erase": delivery.blanks_erase,
        "day_order": delivery.order.value,
    }
    return (
        policy.uploads_for(by)
        .filter(**said, sha256=sha256, state__in=Upload.HAS_FILE)
        .values_list("id", flat=True)
        .first()
    )


def _queue(sealed: Sealed, delivery: Delivery, source: Source, by: Actor, now: datetime) -> int:
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
            sha256=source.sha256,
            headings=source.headings,
            meant=dict(delivery.meant),
            sender=delivery.sender,
            dry_run=delivery.dry_run,
            blanks_erase=delivery.blanks_erase,
            day_order=delivery.order,
            created_at=now,
            blob_key=sealed.key,
        )
        known_headings.note(delivery.kind, delivery.sender, by.office, delivery.meant, by=by.id, now=now)
        defer_run(row.id)
        _note("import.uploaded", row, by=by, now=now)
    return row.id


def defer_run(upload_id: int, *, at: datetime | None = None) -> None:
    """Queue the job that loads an upload, in the caller's transaction."""
    jobs.defer(RUN_JOB, at=at, queue=QUEUE, priority=BEHIND, lock=TURN, upload_id=upload_id)


def cancel(upload_id: int, *, by: Actor, now: datetime) -> None:
    """Take back an upload that still waits, or that was shown and shall not be loaded.

    Raises NotYours, NotWaiting.
    """
    with transaction.atomic():
        row = _locked(upload_id, by)
        if row.state not in (Upload.State.WAITING, Upload.State.SHOWN):
            raise NotWaiting(upload=upload_id)
        end(row, Upload.State.CANCELLED, now=now)
        _note("import.cancelled", row, by=by, now=now)


def end(row: Upload, state: Upload.State, *, now: datetime) -> None:
    """End a locked upload in the caller's transaction: the file goes, and its key when no errors are kept."""
    transaction.on_commit(partial(sealed_files.delete, file_of(row)), robust=True)
    row.state, row.ended_at, row.blob_key = state, now, ""
    if not (state == Upload.State.DONE and row.dry_run):
        row.sealed_examples = None
    row.save()
    if not row.error_key and row.sealed_examples is None:
        vault.erase(row.subject_id)


def forget_headings(upload_id: int, *, by: Actor, now: datetime) -> None:
    """Ask anew what headings mean in the next file of its sender. Raises NotYours."""
    with transaction.atomic():
        row = _locked(upload_id, by)
        if known_headings.forget(row.kind, row.sender, row.office_code):
            _note("import.headings_forgotten", row, by=by, now=now)


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
    facts = {"upload": row.id, "kind": row.kind, "dry_run": row.dry_run, "blanks_erase": row.blanks_erase}
    audit.record(event, subject=row.subject_id, by=by, now=now, facts=facts)


def ask_undo(upload_id: int, *, by: Actor, now: datetime) -> None:
    """Have what an upload wrote taken back. Raises NotYours, or CannotUndo."""
    row = policy.uploads_for(by).filter(id=upload_id).first()
    if row is None or row.run_id is None:
        raise NotYours
    undo.ask(row.run_id, by=by, now=now)
