"""The photo of a note: decoded within limits, drawn anew without what the camera added, sealed."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from itertools import islice

from vssid.domain.vault import actions as vault
from vssid.infra import blobs, images
from vssid.kernel.errors import NotYours

from .errors import BadPhoto
from .models import Note

FOLDER = "support"
ORPHAN_AGE = timedelta(hours=1)
_BATCH = 500


def clean(data: bytes) -> bytes:
    """A bare JPEG of the picture. Raises BadPhoto."""
    try:
        return images.encode(images.decode(data))
    except images.CannotDecode as refused:
        raise BadPhoto(refused.problem.value) from None


def keep(ticket_id: int, jpeg: bytes) -> str:
    """Store it sealed; returns its key. Call it before the transaction that names the key."""
    key = f"{FOLDER}/{secrets.token_hex(1)}/{secrets.token_hex(16)}"
    blobs.put(key, vault.seal(ticket_id, _purpose(key), jpeg))
    return key


def content(note: Note) -> bytes:
    """The JPEG of a note. Raises NotYours when it has none."""
    if not note.blob_key:
        raise NotYours
    try:
        sealed = blobs.get(note.blob_key)
    except blobs.NotStored:
        raise NotYours from None
    return vault.unseal(note.ticket_id, _purpose(note.blob_key), sealed)


def sweep_orphans(now: datetime) -> int:
    """Delete photos that no note names (their form failed); returns how many."""
    old = (key for key, written in blobs.stored_under(FOLDER) if now - written > ORPHAN_AGE)
    swept = 0
    while batch := list(islice(old, _BATCH)):
        known = set(Note.objects.filter(blob_key__in=batch).values_list("blob_key", flat=True))
        for key in set(batch) - known:
            blobs.delete(key)
            swept += 1
    return swept


def _purpose(key: str) -> str:
    return f"support-photo:{key}"
