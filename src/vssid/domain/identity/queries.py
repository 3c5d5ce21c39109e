"""Look at kept images. Who may look is the caller's rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vssid.domain.vault import sealing as vault
from vssid.infra import blobs
from vssid.infra.database.kept import Query, given

from .errors import NoImage
from .kinds import ImageKind
from .models import IdImage
from .reading import Reading
from .verdicts import Verdict

_OF_SUBJECT = Query(lambda: IdImage.objects.filter(subject_id=given("subject")))


@dataclass(frozen=True, slots=True)
class ImageView:
    """One kept image, without the image. Width and height are of the kept JPEG, in pixels."""

    kind: ImageKind
    stored_at: datetime
    width: int
    height: int
    verdict: Verdict
    reading: Reading | None


def images_of(subject_id: int) -> dict[ImageKind, ImageView]:
    """Every image of a subject by kind, with what was read from it."""
    return {ImageKind(row.kind): view_of(row) for row in _OF_SUBJECT.rows(subject=subject_id)}


def content(subject_id: int, kind: ImageKind) -> bytes:
    """The JPEG. Raises NoImage."""
    row = IdImage.objects.filter(subject_id=subject_id, kind=kind).first()
    if row is None:
        raise NoImage
    try:
        sealed = blobs.get(row.blob_key)
    except blobs.NotStored:
        raise NoImage from None
    return vault.unseal(subject_id, image_purpose(row.blob_key), sealed)


def view_of(row: IdImage) -> ImageView:
    """The view of one row."""
    kind = ImageKind(row.kind)
    reading = None
    if row.reading is not None:
        plain = vault.unseal_json(row.subject_id, reading_purpose(kind), row.reading, row=row.blob_key)
        reading = Reading.from_json(plain)
    return ImageView(kind, row.stored_at, row.width, row.height, Verdict(tuple(row.problems)), reading)


def image_purpose(blob_key: str) -> str:
    """Binds a sealed image to its key: swapped blobs do not open."""
    return f"id-image:{blob_key}"


def reading_purpose(kind: ImageKind) -> str:
    """Binds a sealed reading to the kind of image it was read from."""
    return f"id-reading:{kind.value}"
