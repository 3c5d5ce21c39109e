"""Text of a card's machine-readable zone, by the `tesseract` program when it is installed."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from functools import lru_cache

import numpy as np
from PIL import Image as Pillow
from PIL import ImageOps

TIMEOUT = 10.0
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
_LINE_SIDE = 1400  # wide enough for letters about 30 pixels high, the size tesseract reads best
_ANGLES = np.arange(-10, 10.5, 1.0)


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
    _prepared(image).save(out, "PNG", compress_level=1)
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
