"""Text of a card's machine-readable zone, by the `tesseract` program when it is installed."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageFilter, ImageOps

TIMEOUT = 10.0
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
_SMALL = 700  # where the zone is looked for
_ZONE_WIDTH = 1000  # letters about 30 pixels high, the size tesseract reads best
_ANGLES = range(-9, 10)
_WIDE = 0.7  # a line of the zone is at least this part of the widest line
_GAP = 24  # pixels between lines of one zone, at most

Grid = NDArray[np.float32]


@lru_cache(maxsize=1)
def _program() -> str | None:
    return shutil.which("tesseract")


def available() -> bool:
    """Is tesseract installed on this machine?"""
    return _program() is not None


def read_lines(image: Pillow.Image) -> list[str]:
    """The lines of text in the lower part of a card, best guess first to last; empty without tesseract.

    The picture goes through a pipe: no file of a card is left behind. Gives up after ten seconds.
    """
    program = _program()
    if program is None:
        return []
    out = io.BytesIO()
    _zone(image.convert("L")).save(out, "PNG", compress_level=1)
    command = [program, "stdin", "stdout", "-l", "eng", "--psm", "6"]
    command += ["-c", f"tessedit_char_whitelist={_ALPHABET}", "-c", "load_system_dawg=0"]
    command += ["-c", "load_freq_dawg=0"]
    try:
        # One thread: tesseract's own threads only fight over the few cores we have.
        done = subprocess.run(  # noqa: S603
            command,
            input=out.getvalue(),
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (subprocess.TimeoutExpired, OSError):
        return []
    return [line for line in done.stdout.decode("utf-8", "replace").splitlines() if line.strip()]


def _zone(gray: Pillow.Image) -> Pillow.Image:
    """The lowest block of long text lines, level and enlarged; the lower half when none stands out."""
    small = gray.copy()
    small.thumbnail((_SMALL, _SMALL), Pillow.Resampling.BOX)
    strokes = _strokes(small)
    angle = _skew(strokes)
    left, top, right, bottom = _lowest_block(strokes.rotate(angle, Pillow.Resampling.BILINEAR))
    scale = gray.width / small.width
    level = gray.rotate(angle, Pillow.Resampling.BICUBIC, fillcolor=160)
    box = (round(left * scale), round(top * scale), round(right * scale), round(bottom * scale))
    crop = level.crop(box)
    size = (_ZONE_WIDTH, max(1, round(crop.height * _ZONE_WIDTH / crop.width)))
    return ImageOps.autocontrast(crop.resize(size, Pillow.Resampling.BICUBIC), cutoff=1)


def _strokes(gray: Pillow.Image) -> Pillow.Image:
    """Upright edges: letters have many, the grain of a table few."""
    pixels = np.asarray(gray, dtype=np.int16)
    edges = np.abs(pixels[:, 1:] - pixels[:, :-1])
    return Pillow.fromarray(np.clip(edges * 3, 0, 255).astype(np.uint8))


def _skew(strokes: Pillow.Image) -> float:
    """The turn in degrees that makes text lines level: then rows change most from one to the next."""

    def contrast(angle: float) -> float:
        rows: Grid = np.asarray(strokes.rotate(angle), dtype=np.float32).mean(axis=1)
        return float((np.diff(rows) ** 2).sum())

    return max(_ANGLES, key=contrast)


def _lowest_block(strokes: Pillow.Image) -> tuple[int, int, int, int]:
    edges: Grid = np.asarray(strokes, dtype=np.float32)
    marked = ((edges > max(40.0, float(np.percentile(edges, 96)) / 2)) * 255).astype(np.uint8)
    # Smear letters into lines.
    lines = np.asarray(Pillow.fromarray(marked).filter(ImageFilter.BoxBlur((20, 3)))) > 50
    width = lines.mean(axis=1)
    wide = np.flatnonzero(width >= _WIDE * width.max()) if width.max() > 0.2 else np.array([], np.intp)
    if not wide.size:
        return 0, strokes.height // 2, strokes.width, strokes.height
    gaps = np.flatnonzero(np.diff(wide) > _GAP)
    top, bottom = int(wide[gaps[-1] + 1 if gaps.size else 0]), int(wide[-1])
    columns = np.flatnonzero(lines[top : bottom + 1].any(axis=0))
    margin = 12
    return (
        max(0, int(columns[0]) - margin),
        max(0, top - margin),
        min(strokes.width, int(columns[-1]) + margin),
        min(strokes.height, bottom + margin),
    )
