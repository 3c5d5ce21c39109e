"""How a picture looks, in a few hundred bits that survive another JPEG or another size.

A perceptual hash: the 255 lowest waves (cosine transform of 32 × 32 greys), each above or below their median.
It is cut into parts, so that equal ones are found by an index and not by comparing with every picture.
Measured on drawn pictures (docs/operations/review.md); on photographs of real people it is not measured yet.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PIL import Image as Pillow

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIDE = 128  # pixels; what comes is decoded no smaller
_GREYS = 32
_WAVES = 16
PARTS, BITS = 15, 17
ENOUGH = 8  # equal parts of `PARTS`


def parts(grey: Pillow.Image) -> list[str]:
    """The parts of a picture without colour, in their order; each `BITS` bits as text."""
    signs = _signs(grey)
    # Neighbouring waves change together: each part takes one of all regions.
    return ["".join("1" if sign else "0" for sign in signs[place::PARTS][:BITS]) for place in range(PARTS)]


def _signs(grey: Pillow.Image) -> NDArray[np.bool_]:
    import numpy as np  # read once a picture comes

    small = grey.resize((_GREYS, _GREYS), Pillow.Resampling.BOX)
    cosines = _cosines()
    waves = cosines @ np.asarray(small, np.float64) @ cosines.T
    # Without the first, which is how bright the whole is.
    lowest = waves[:_WAVES, :_WAVES].ravel()[1:]
    signs: NDArray[np.bool_] = lowest > np.median(lowest)
    return signs


@lru_cache(maxsize=1)
def _cosines() -> NDArray[np.float64]:
    import numpy as np

    steps = np.arange(_GREYS)
    cosines: NDArray[np.float64] = np.cos(np.pi * (2 * steps[None] + 1) * steps[:, None] / (2 * _GREYS))
    return cosines
