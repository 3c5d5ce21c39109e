"""Both codes as desks see them: small, tilted, blurred, as JPEG, on a dark page; two readers for each."""

from __future__ import annotations

import io
import itertools
import shutil
import subprocess
from collections.abc import Callable

import pytest
import segno
import zxingcpp
from PIL import Image, ImageFilter

from vssid.domain.cards import qr_text
from vssid.infra.documents.qr import read_qr

from .examples import NOW, VECTOR, make_card

# Text and level as /the/ma draws them. Fixed, so that a cell fails always or never.
CODES = {
    "signed": (VECTOR, "q"),
    "official": (qr_text.compose(make_card(issued_on=NOW.date())), "m"),
}
SCALES = (3, 4, 8)  # pixels a module; a phone of 360 points shows four or more
TILTS = (0, 7, -12)  # degrees
QUALITIES = (None, 60, 30)  # of JPEG
BLURS = (0, 0.3)  # standard deviation in modules
GROUNDS = (255, 25)  # a light page, a dark one
MARGIN = 40


def seen(name: str, scale: int, tilt: int, quality: int | None, blur: float, ground: int) -> Image.Image:
    """What a camera gets of the code."""
    text, level = CODES[name]
    drawn = io.BytesIO()
    segno.make(text, error=level, micro=False, boost_error=False).save(
        drawn, kind="png", scale=scale, border=4
    )
    code = Image.open(drawn).convert("L")
    page = Image.new("L", (code.width + 2 * MARGIN, code.height + 2 * MARGIN), ground)
    page.paste(code, (MARGIN, MARGIN))
    page = page.rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor=ground)
    page = page.filter(ImageFilter.GaussianBlur(blur * scale))
    return page if quality is None else squeezed(page, quality)


def squeezed(page: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    page.save(out, "jpeg", quality=quality)
    return Image.open(out)


def by_zxing(image: Image.Image) -> str:
    return next((barcode.text for barcode in zxingcpp.read_barcodes(image)), "")


def by_us(image: Image.Image) -> str:
    """The reader behind `./vssid check card`."""
    return next(iter(read_qr(image)), "")


def by_zbar(image: Image.Image) -> str:
    png = io.BytesIO()
    image.save(png, "png")
    options = ["--quiet", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable", "png:-"]
    return (
        subprocess.run(["zbarimg", *options], input=png.getvalue(), capture_output=True, check=False)
        .stdout.decode()
        .rstrip("\n")
    )


def unread(name: str, scale: int, tilt: int, read: Callable[[Image.Image], str]) -> list[tuple[object, ...]]:
    """The cells in which the reader does not get the text."""
    cells = itertools.product(QUALITIES, BLURS, GROUNDS)
    return [cell for cell in cells if read(seen(name, scale, tilt, *cell)) != CODES[name][0]]


every_code = pytest.mark.parametrize(("name", "scale", "tilt"), list(itertools.product(CODES, SCALES, TILTS)))


@every_code
def test_zxing_reads_every_cell(name: str, scale: int, tilt: int):
    assert unread(name, scale, tilt, by_zxing) == []


@pytest.mark.zbar
@pytest.mark.skipif(not shutil.which("zbarimg"), reason="zbarimg is not installed")
@every_code
def test_zbar_reads_every_cell(name: str, scale: int, tilt: int):
    assert unread(name, scale, tilt, by_zbar) == []


def test_our_own_reader_reads_them_too():
    for name in CODES:
        assert unread(name, 4, 7, by_us) == []
