"""Keep, move and erase images of identity documents.

A new image is written under a new key, then the row turns to it, and only after the commit the old blob
goes: whatever fails, the row's image is there. What a crash leaves behind, `sweep_orphans` removes.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from django.db import transaction

from vssid.domain.vault import sealing as vault
from vssid.infra import blobs, orphans

from . import marks, queries
from .kinds import ImageKind
from .models import IdImage, ImageMark
from .queries import ImageView
from .reading import Reading

Check = Callable[[], None]
FOLDER = "id"


def store(
    subject_id: int,
    kind: ImageKind,
    data: bytes,
    *,
    now: datetime,
    allowed: Check = lambda: None,
) -> ImageView:
    """Clean, judge, read and keep an upload, in place of an older one of its kind. Raises BadImage.

    Call it outside a transaction: it takes some tenths of a second of work before it touches the database.
    `allowed` is called in the transaction that keeps it; when it raises, the older image stays.
    """
    from . import reader  # brings numpy, which the many processes that never see a picture need not read

    looked = reader.look(kind, data)
    row = IdImage(
        subject_id=subject_id,
        kind=kind.value,
        stored_at=now,
        width=looked.width,
        height=looked.height,
        problems=list(looked.verdict.problems),
    )
    _keep(row, looked.jpeg, looked.reading, allowed)
    return queries.view_of(row)


def erase(subject_id: int) -> int:
    """Delete every image of a subject and what was read from them; returns how many there were."""
    with transaction.atomic():
        rows = IdImage.objects.select_for_update().filter(subject_id=subject_id)
        keys = list(rows.values_list("blob_key", flat=True))
        IdImage.objects.filter(subject_id=subject_id).delete()
        ImageMark.objects.filter(subject_id=subject_id).delete()
        _delete_after_commit(keys)
    return len(keys)


def copies(from_subject: int, to_subject: int, *, now: datetime) -> list[IdImage]:
    """The images of one subject, sealed and stored anew for another who holds them only with `take_copies`.

    Call it outside a transaction. What is never taken, `drop_copies` or the sweep of orphans removes.
    """
    made: list[IdImage] = []
    try:
        for row in IdImage.objects.filter(subject_id=from_subject):
            kind = ImageKind(row.kind)
            jpeg = queries.content(from_subject, kind)
            reading = queries.view_of(row).reading
            row.subject_id, row.stored_at = to_subject, now
            _put(row, jpeg, reading)
            made.append(row)
    except BaseException:
        drop_copies(made)
        raise
    return made


def take_copies(made: list[IdImage]) -> int:
    """Make copies the images of their subject, in the caller's transaction if there is one; how many."""
    for row in made:
        _turn_to(row, lambda: None)
    return len(made)


def drop_copies(made: list[IdImage], after: BaseException | None = None) -> None:
    """Remove copies that nobody took; not after an error that leaves open whether they were taken."""
    orphans.drop([row.blob_key for row in made], after)


def move(from_subject: int, to_subject: int, *, now: datetime) -> int:
    """Give another subject the images of one, and erase the first's; returns how many.

    Call it outside a transaction. Cut off in the middle, both or the first have them.
    """
    made = copies(from_subject, to_subject, now=now)
    try:
        with transaction.atomic():
            take_copies(made)
            erase(from_subject)
    except BaseException as error:
        drop_copies(made, error)
        raise
    return len(made)


def sweep_orphans(now: datetime) -> int:
    """Delete blobs that no row names any more; returns how many. For a nightly job.

    The one query of this room that names no subject: it starts from the blobs.
    """
    return orphans.sweep(
        FOLDER,
        lambda keys: IdImage.objects.filter(blob_key__in=keys).values_list("blob_key", flat=True),
        now,
    )


def _sealed(row: IdImage, reading: Reading | None) -> bytes | None:
    if reading is None:
        return None
    purpose = queries.reading_purpose(ImageKind(row.kind))
    return vault.seal_json(row.subject_id, purpose, reading.to_json(), row=row.blob_key)


def _put(row: IdImage, jpeg: bytes, reading: Reading | None) -> None:
    """Under a new key, to which picture and reading are bound: the one way to write them."""
    row.marks = marks.of(ImageKind(row.kind), jpeg)
    row.blob_key = f"{FOLDER}/{secrets.token_hex(1)}/{secrets.token_hex(16)}"
    row.reading = _sealed(row, reading)
    blobs.put(row.blob_key, vault.seal(row.subject_id, queries.image_purpose(row.blob_key), jpeg))


def _keep(row: IdImage, jpeg: bytes, reading: Reading | None, allowed: Check) -> None:
    _put(row, jpeg, reading)
    try:
        _turn_to(row, allowed)
    except BaseException as error:
        orphans.drop([row.blob_key], error)
        raise


def _turn_to(row: IdImage, allowed: Check) -> None:
    """Make this the subject's image of its kind."""
    with transaction.atomic():
        allowed()
        older = IdImage.objects.select_for_update().filter(subject_id=row.subject_id, kind=row.kind)
        keys = list(older.values_list("blob_key", flat=True))
        IdImage.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["subject_id", "kind"],
            update_fields=["blob_key", "stored_at", "width", "height", "problems", "reading"],
        )
        marks.write(row, row.marks)
        _delete_after_commit(keys)


def _delete_after_commit(keys: Iterable[str]) -> None:
    for key in keys:
        transaction.on_commit(partial(blobs.delete, key), robust=True)
