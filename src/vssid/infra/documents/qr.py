"""Codes on paper: read QR codes, write QR and Code 128 as SVG."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import zxingcpp
from PIL import Image as Pillow
from PIL import ImageFilter, ImageOps

_FORMATS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_SMALL = 1000
_QUIET = 4
_DARK = re.compile(rb"\x00+")


def read_qr(image: Pillow.Image, *, thorough: bool = True, until: float | None = None) -> list[str]:
    """The texts of the QR codes in a picture, in any direction; empty when none can be read.

    A cheap pass first. Only when it finds nothing, and `thorough`: smaller, sharper, tilted and with more
    contrast, which takes thirty times as long; after `until` (of the monotonic clock) no
    further one is tried. Pictures of strangers are read by `qr_reader`.
    """
    gray = image.convert("L")
    texts = _read(gray)
    if texts or not thorough:
        return texts
    for variant in _variants(gray):
        if until is not None and time.monotonic() > until:
            return []
        texts = _read(variant)
        if texts:
            return texts
    return []


def qr_svg(text: str, *, error: str = "m") -> str:
    """A QR code as one SVG element with a quiet zone of four modules. `error` is l, m, q or h."""
    # zxing-cpp draws with Zint, in a twentieth of the time that Python needs to choose the mask.
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=error.upper())
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    side, rows = image.shape[0], bytes(memoryview(image))
    lines = "".join(_strokes(rows[at : at + side]) for at in range(0, side * side, side))
    size = side + 2 * _QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path stroke="#000" d="M{_QUIET} {_QUIET + 0.5}{lines}"/></svg>'
    )


def _strokes(row: bytes) -> str:
    """One row of dots (0 is dark) as strokes, and the way to the start of the next row."""
    parts, at = [], 0
    for run in _DARK.finditer(row):
        start, end = run.span()
        parts.append(f"m{start - at} 0h{end - start}" if start > at else f"h{end - start}")
        at = end
    return "".join(parts) + f"m{-at} 1"


def code128_svg(text: str) -> str:
    """A Code 128 barcode of ASCII text as one SVG element with quiet zones."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    svg = zxingcpp.write_barcode_to_svg(barcode, add_quiet_zones=True)
    return str(svg[svg.index("<svg") :])


def _read(gray: Pillow.Image) -> list[str]:
    codes = zxingcpp.read_barcodes(gray, formats=_FORMATS, try_invert=False)
    return [_text(code) for code in codes if code.valid]


def _text(code: zxingcpp.Barcode) -> str:
    # Cards hold UTF-8 without saying so; the reader's guess would turn short names into Japanese.
    try:
        return bytes(code.bytes).decode("utf-8")
    except UnicodeDecodeError:
        return str(code.text)


def _variants(gray: Pillow.Image) -> Iterator[Pillow.Image]:
    """The same picture as a poor eye would like it, cheapest first."""
    small = gray.copy()
    small.thumbnail((_SMALL, _SMALL), Pillow.Resampling.BOX)
    yield ImageOps.autocontrast(small, cutoff=1)
    yield gray.filter(ImageFilter.UnsharpMask(radius=3, percent=250, threshold=0))
    yield ImageOps.autocontrast(gray, cutoff=2).rotate(
        20, Pillow.Resampling.BILINEAR, expand=True, fillcolor=128
    )
    yield from _enlarged_quarters(gray)


def _enlarged_quarters(gray: Pillow.Image) -> Iterator[Pillow.Image]:
    """Overlapping quarters, twice as large: for a small code in a wide picture."""
    width, height = gray.size
    if max(width, height) > 2 * _SMALL + 400:
        return
    for left in (0, width * 2 // 5):
        for top in (0, height * 2 // 5):
            part = gray.crop((left, top, left + width * 3 // 5, top + height * 3 // 5))
            yield part.resize((part.width * 2, part.height * 2), Pillow.Resampling.BICUBIC)
