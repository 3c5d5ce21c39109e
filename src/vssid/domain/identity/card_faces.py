"""The small portrait on an identity card, cut out so that it can be seen beside the person's own.

Cut anew at each look: where the face is, is kept nowhere.
"""

from __future__ import annotations

from PIL import Image as Pillow

from vssid.infra.pictures import faces, images

from . import queries
from .kinds import ImageKind

HIGH = 640  # pixels; a small face is enlarged to it, so that a browser does not


def of(subject_id: int) -> bytes:
    """The face (JPEG) on the front of the card; the whole front where none is seen. Raises NoImage."""
    front = queries.content(subject_id, ImageKind.FRONT)
    face = faces.cut(images.decode(front))
    if face is None:
        return front
    size = (max(1, round(face.width * HIGH / face.height)), HIGH)
    return images.encode(face.resize(size, Pillow.Resampling.LANCZOS))
