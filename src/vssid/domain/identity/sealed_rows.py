"""What was read of a picture is written anew with another picture of its kind, whose key it is bound to."""

from __future__ import annotations

from vssid.domain.vault.binding import Rows

from . import queries
from .kinds import ImageKind
from .models import IdImage

ROWS = (
    Rows(
        IdImage,
        "reading",
        "subject_id",
        lambda image: queries.reading_purpose(ImageKind(image.kind)),
        lambda image: image.blob_key,
    ),
)
