"""Can an officer use this picture? Measured in numbers, without recognising anybody. Pure.

The picture comes as RGB pixels with its long side at `SCALE`, so that the limits mean the same for every
phone. They are lenient: what they refuse is of no use to a human eye either; what they let through a
person still looks at. Limits were set on drawn photos and need checking on real ones [?].
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .kinds import ImageKind
from .verdicts import Problem, Verdict

Pixels = NDArray[np.uint8]
Grid = NDArray[np.float32]

SCALE = 1000  # pixels of the long side
_TILE = 50

SHARP = 120.0  # variance of the Laplacian in the sharpest tiles; below it neither QR nor MRZ can be read
SHARP_FACE = 25.0  # skin and cloth have no print on them
BRIGHT = 70.0  # of 255, in the brightest twentieth
BLOWN = 0.12  # share of the picture without any detail left in white
CARD_SHORT_SIDE = 600  # pixels of the upload
FACE_SHORT_SIDE = 400
CARD_RATIO = (1.3, 1.9)  # ID-1 is 85.6 × 53.98 mm, 1.586
CARD_SHARE = 0.08  # of the picture
PRINT = 0.02  # share of the tiles that look like print, within a card's outline
MUCH_PRINT = 0.12  # the same without an outline: a scan, a cluttered table


@dataclass(frozen=True, slots=True)
class Measures:
    """The numbers behind a verdict."""

    sharpness: float
    brightness: float
    blown: float
    card_ratio: float
    card_share: float
    print_share: float


def measure(pixels: Pixels) -> Measures:
    """Measure RGB pixels (height × width × 3) whose long side is `SCALE`."""
    gray: Grid = pixels.astype(np.float32) @ np.array((0.299, 0.587, 0.114), np.float32)
    brightness = float(np.percentile(gray, 95))
    # Light scales every difference; undo it, but do not turn the noise of a black picture into detail.
    even = gray * (220.0 / max(brightness, 25.0))
    ratio, share = _figure(pixels)
    return Measures(
        sharpness=float(np.percentile(_tiles(_laplacian(even)).var(axis=1), 97)),
        brightness=brightness,
        blown=float((gray >= 252).mean()),
        card_ratio=ratio,
        card_share=share,
        print_share=_print_share(even),
    )


def judge(
    kind: ImageKind,
    measures: Measures,
    *,
    short_side: int,
    read: bool,
    mrz_tried: bool = False,
    face: bool = True,
) -> Verdict:
    """What is wrong with a picture of this kind.

    `short_side` is of the upload, in pixels. `read` says that a program read the card, which proves that
    it is one and sharp; `mrz_tried` that a program could look for the MRZ;
    `face` that a program found a face.
    """
    if kind is ImageKind.PORTRAIT:
        problems = _portrait(measures, short_side, face)
    elif kind is ImageKind.BIRTH:
        problems = _paper(measures, short_side)
    else:
        problems = _card(measures, short_side, read)
    if not read and kind is ImageKind.FRONT:
        problems[Problem.NO_QR] = True
    if not read and kind is ImageKind.BACK and mrz_tried:
        problems[Problem.NO_MRZ] = True
    return Verdict(tuple(problem.value for problem, wrong in problems.items() if wrong))


def _card(measures: Measures, short_side: int, read: bool) -> dict[Problem, bool]:
    blurred = not read and measures.sharpness < SHARP
    dark = measures.brightness < BRIGHT
    return {
        Problem.NOT_A_CARD: not read and not _looks_like_card(measures, poor=blurred or dark),
        Problem.BLURRED: blurred,
        Problem.DARK: dark,
        Problem.GLARE: measures.blown > BLOWN and not read,
        Problem.SMALL: short_side < CARD_SHORT_SIDE,
    }


def _paper(measures: Measures, short_side: int) -> dict[Problem, bool]:
    """A whole sheet: it has no outline to look for, only writing that must be legible."""
    return {
        Problem.BLURRED: measures.sharpness < SHARP,
        Problem.DARK: measures.brightness < BRIGHT,
        Problem.GLARE: measures.blown > BLOWN and measures.sharpness < SHARP,
        Problem.SMALL: short_side < CARD_SHORT_SIDE,
    }


def _portrait(measures: Measures, short_side: int, face: bool) -> dict[Problem, bool]:
    return {
        Problem.BLURRED: measures.sharpness < SHARP_FACE,
        Problem.DARK: measures.brightness < BRIGHT,
        Problem.SMALL: short_side < FACE_SHORT_SIDE,
        Problem.NO_FACE: not face,
    }


def _looks_like_card(measures: Measures, *, poor: bool) -> bool:
    """An outline of a card with print in it, or much print; in a poor picture print cannot be seen."""
    outline = CARD_RATIO[0] <= measures.card_ratio <= CARD_RATIO[1] and measures.card_share >= CARD_SHARE
    if outline and (poor or measures.print_share >= PRINT):
        return True
    return measures.print_share >= MUCH_PRINT


def _laplacian(gray: Grid) -> Grid:
    inner = gray[1:-1, 1:-1]
    return gray[:-2, 1:-1] + gray[2:, 1:-1] + gray[1:-1, :-2] + gray[1:-1, 2:] - 4 * inner


def _tiles(grid: Grid) -> Grid:
    """The grid cut into square tiles: one row of values for each."""
    high, wide = grid.shape[0] // _TILE, grid.shape[1] // _TILE
    cut = grid[: high * _TILE, : wide * _TILE].reshape(high, _TILE, wide, _TILE)
    return cut.transpose(0, 2, 1, 3).reshape(high * wide, _TILE * _TILE)


def _print_share(even: Grid) -> float:
    """Share of tiles with many upright strokes but not full of them, as letters and codes have."""
    strokes = (np.abs(np.diff(even, axis=1)) > 24).astype(np.float32)
    density = _tiles(strokes).mean(axis=1)
    return float(((density > 0.05) & (density < 0.6)).mean())


def _figure(pixels: Pixels) -> tuple[float, float]:
    """Side ratio and share of the picture of what stands out from its edge, taken as one rectangle."""
    small = pixels[::4, ::4].astype(np.float32)
    sides = (small[:3], small[-3:], small[:, :3], small[:, -3:])
    edge = np.concatenate([side.reshape(-1, 3) for side in sides])
    ground = np.median(edge, axis=0)
    spread = float(np.median(np.abs(edge - ground).sum(axis=1)))
    apart = np.abs(small - ground).sum(axis=2) > max(24.0, 4 * spread)
    y, x = np.nonzero(apart)
    if y.size < 50:
        return 0.0, 0.0
    low, high = np.linalg.eigvalsh(np.cov(np.stack((x, y)).astype(np.float64)))
    # A rectangle of sides a and b has variances a²/12 and b²/12.
    return float(np.sqrt(high / max(low, 1.0))), float(apart.mean())
