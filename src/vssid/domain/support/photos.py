"""The photo of a note: decoded within limits, drawn anew without what the camera added, sealed."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.casework import attachments
from vssid.domain.casework.attachments import Folder
from vssid.infra.pictures import images
from vssid.kernel.errors import NotYours

from .errors import BadPhoto
from .models import Note

FOLDER = Folder("support", "support-photo")


def clean(data: bytes) -> bytes:
    """A bare JPEG of the picture. Raises BadPhoto."""
    try:
        return images.encode(images.decode(data))
    except images.CannotDecode as refused:
        raise BadPhoto(refused.problem.value) from None


def keep(ticket_id: int, jpeg: bytes) -> str:
    """Store it sealed; returns its key. Call it before the transaction that names the key."""
    return attachments.put(FOLDER, ticket_id, jpeg)


def content(note: Note) -> bytes:
    """The JPEG of a note. Raises NotYours when it has none."""
    jpeg = attachments.content(FOLDER, note.ticket_id, note.blob_key) if note.blob_key else None
    if jpeg is None:
        raise NotYours
    return jpeg


def sweep_orphans(now: datetime) -> int:
    """Delete photos that no note names (their form failed); returns how many."""
    rows = Note.objects.values_list("blob_key", flat=True)
    return attachments.sweep(FOLDER, lambda keys: rows.filter(blob_key__in=keys), now)
