"""Uploaded pictures: decode within limits, turn upright, strip, re-encode.

Only JPEG, PNG, WebP and HEIC are opened, told by their content and never by their name. Size in pixels
is checked from the header, before anything is decoded, so a decompression bomb costs nothing.
"""

from __future__ import annotations

import io
import threading
import warnings
from contextlib import nullcontext
from enum import StrEnum

import pillow_heif
from PIL import Image as Pillow
from PIL import JpegImagePlugin, PngImagePlugin, UnidentifiedImageError, WebPImagePlugin

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
# No camera writes these two, and unlike the others they are decoded several times over in memory.
MAX_PIXELS_WHOLE = 25_000_000
BIG = 13_000_000  # more than the usual 12-megapixel photo
MIN_SIDE = 200
MAX_RATIO = 8  # of the long to the short side
LONG_SIDE = 2400
QUALITY = 85

# The four formats we open, and no other of Pillow's thirty.
pillow_heif.register_heif_opener()
FORMATS = (
    JpegImagePlugin.JpegImageFile.format,
    PngImagePlugin.PngImageFile.format,
    WebPImagePlugin.WebPImageFile.format,
    pillow_heif.HeifImageFile.format,
)

# Big pictures are decoded one at a time: a process must not need their memory times its threads.
_one_big = threading.Lock()

_ORIENTATION = 0x0112
_SHRINKABLE = frozenset({"L", "LA", "RGB", "RGBA", "CMYK", "YCbCr", "I", "I;16"})
_TURNS = {
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_270,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_90,
}


class Problem(StrEnum):
    """Why a file is no picture for us; stable codes."""

    NOT_IMAGE = "not_image"
    TOO_BIG = "too_big"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_SMALL = "too_small"
    UNREADABLE = "unreadable"


class CannotDecode(Exception):
    """The bytes are refused; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def decode(data: bytes, *, long_side: int = LONG_SIDE) -> Pillow.Image:
    """The picture in RGB, upright, without metadata, its long side at most `long_side` pixels.

    Of an animation only the first frame counts. Raises CannotDecode.
    """
    if len(data) > MAX_BYTES:
        raise CannotDecode(Problem.TOO_BIG)
    with warnings.catch_warnings():
        # Pillow warns of big pictures and odd metadata; our own limits decide.
        warnings.simplefilter("ignore")
        image = _open(data)
        width, height = image.size
        if width * height > (MAX_PIXELS_WHOLE if image.format in ("PNG", "WEBP") else MAX_PIXELS):
            raise CannotDecode(Problem.TOO_MANY_PIXELS)
        # After shrinking a strip would be thinner still, with nothing on it to read.
        if min(width, height) < MIN_SIDE or min(width, height) * MAX_RATIO < max(width, height):
            raise CannotDecode(Problem.TOO_SMALL)
        try:
            with _one_big if width * height > BIG else nullcontext():
                return _upright(image, long_side)
        # Decoders meet hostile bytes here and raise whatever they like; the answer is always the same.
        except Exception:
            raise CannotDecode(Problem.UNREADABLE) from None


def encode(image: Pillow.Image, *, quality: int = QUALITY) -> bytes:
    """The picture as a bare JPEG: no EXIF, no profile, no comment."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def grey(jpeg: bytes, *, long_side: int) -> Pillow.Image:
    """One of our own JPEGs, small and without colour; decoded at an eighth where that is enough."""
    with Pillow.open(io.BytesIO(jpeg), formats=[JpegImagePlugin.JpegImageFile.format]) as image:
        image.draft("L", (long_side, long_side))
        return image.convert("L")


def face(portrait: bytes, *, side: int) -> bytes:
    """A portrait cut to a small square for a round frame: the middle, and of a tall one the upper part."""
    image = decode(portrait, long_side=4 * side)
    edge, width = min(image.size), image.width
    left, top = (width - edge) // 2, (image.height - edge) // 4
    cut = image.crop((left, top, left + edge, top + edge))
    return encode(cut.resize((side, side), Pillow.Resampling.LANCZOS))


def _open(data: bytes) -> Pillow.Image:
    """Read the header only."""
    try:
        return Pillow.open(io.BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError:
        raise CannotDecode(Problem.NOT_IMAGE) from None
    except Pillow.DecompressionBombError:
        raise CannotDecode(Problem.TOO_MANY_PIXELS) from None
    except Exception:
        raise CannotDecode(Problem.UNREADABLE) from None


def _upright(image: Pillow.Image, long_side: int) -> Pillow.Image:
    # A JPEG decodes to half or a quarter of its size for less than half the work (other formats ignore it).
    image.draft("RGB", (long_side, long_side))
    image.load()
    turn = _TURNS.get(_orientation(image))
    # Shrunk before flattening where the mode allows, so that a full-size copy is never made.
    plain = _rgb(_shrunk(image, long_side)) if image.mode in _SHRINKABLE else _shrunk(_rgb(image), long_side)
    plain = plain.transpose(turn) if turn is not None else plain
    plain.info.clear()
    return plain


def _orientation(image: Pillow.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # broken metadata is no reason to refuse a good picture
        return 1


def _rgb(image: Pillow.Image) -> Pillow.Image:
    if image.mode == "RGB":
        return image
    if image.mode.startswith("I"):  # 16 bits a pixel
        return image.point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        white = Pillow.new("RGBA", image.size, "white")
        return Pillow.alpha_composite(white, image).convert("RGB")
    return image.convert("RGB")


def _shrunk(image: Pillow.Image, long_side: int) -> Pillow.Image:
    if max(image.size) <= long_side:
        return image.copy()
    scale = long_side / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Pillow.Resampling.BILINEAR)
