"""Keep, show and erase the pictures of a request."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from vssid.domain.casework import attachments
from vssid.domain.casework.attachments import Folder
from vssid.domain.identity.errors import BadImage, NoImage
from vssid.domain.vault import copying
from vssid.infra.pictures import images

from .models import Attachment

FOLDER = Folder("procedure", "procedure-file")


@dataclass(frozen=True, slots=True)
class FileView:
    """One attachment, without its content. Width and height in pixels."""

    name: str
    stored_at: datetime
    width: int
    height: int


def of(person_id: int, request_id: int) -> dict[str, FileView]:
    """The attachments of a request by name, oldest first."""
    rows = Attachment.objects.filter(person_id=person_id, request_id=request_id).order_by("stored_at", "name")
    return {row.name: FileView(row.name, row.stored_at, row.width, row.height) for row in rows}


def store(
    person_id: int, request_id: int, name: str, data: bytes, *, now: datetime, allowed: Callable[[], None]
) -> None:
    """Clean and keep a picture in place of an older one of its name. Raises BadImage.

    Call it outside a transaction. `allowed` runs in the transaction that keeps it; when it raises, all stays.
    """
    try:
        image = images.decode(data)
    except images.CannotDecode as refused:
        raise BadImage(reason=refused.problem.value) from None
    key = attachments.put(FOLDER, person_id, images.encode(image))
    row = Attachment(
        person_id=person_id,
        request_id=request_id,
        name=name,
        blob_key=key,
        stored_at=now,
        width=image.width,
        height=image.height,
    )
    with attachments.named(key):
        _turn_to(row, allowed)


def _turn_to(row: Attachment, allowed: Callable[[], None]) -> None:
    with transaction.atomic():
        allowed()
        older = Attachment.objects.select_for_update().filter(
            person_id=row.person_id, request_id=row.request_id, name=row.name
        )
        keys = list(older.values_list("blob_key", flat=True))
        Attachment.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["person_id", "request_id", "name"],
            update_fields=["blob_key", "stored_at", "width", "height"],
        )
        attachments.discard(keys)


def content(person_id: int, request_id: int, name: str) -> bytes:
    """The JPEG. Raises NoImage."""
    row = Attachment.objects.filter(person_id=person_id, request_id=request_id, name=name).first()
    if row is None:
        raise NoImage
    if (jpeg := attachments.content(FOLDER, person_id, row.blob_key)) is None:
        raise NoImage
    return jpeg


def erase(person_id: int, request_id: int) -> int:
    """Delete every picture of a request in the caller's transaction; returns how many there were."""
    rows = Attachment.objects.filter(person_id=person_id, request_id=request_id)
    keys = list(rows.values_list("blob_key", flat=True))
    rows.delete()
    attachments.discard(keys)
    return len(keys)


def copied(old: int, new: int) -> AbstractContextManager[copying.Copies]:
    """Copies of every picture of one person for another, for `give`. Call it outside a transaction."""
    keys = list(Attachment.objects.filter(person_id=old).values_list("blob_key", flat=True))
    return copying.copied(keys, old, new, purpose=FOLDER.purpose, fresh=FOLDER.new_key)


def give(old: int, new: int, copies: copying.Copies) -> None:
    """Give every picture of one person to another, in the caller's transaction. Raises vault NotCopied."""
    rows = list(Attachment.objects.select_for_update().filter(person_id=old))
    for row in rows:
        row.person_id, row.blob_key = new, copies.take(row.blob_key)
    Attachment.objects.bulk_create(rows, ignore_conflicts=True)
    Attachment.objects.filter(person_id=old).delete()


def sweep_orphans(now: datetime) -> int:
    """Delete blobs that no row names any more. Names no person: it starts from the blobs."""
    return attachments.sweep(
        FOLDER,
        lambda keys: Attachment.objects.filter(blob_key__in=keys).values_list("blob_key", flat=True),
        now,
    )
