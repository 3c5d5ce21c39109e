"""Codes are read as scanners read them."""

from __future__ import annotations

import io
import re

import pytest
import segno
import zxingcpp
from PIL import Image as Pillow
from PIL import ImageFilter, ImageOps

from vssid.infra.documents import qr

TEXT = "031090000001|031000001|Nguyễn Văn Mẫu|02011990|Nam|1 Phố Mẫu, Hồng Bàng, Hải Phòng|01032021"


def code(text: str = TEXT, scale: int = 6) -> Pillow.Image:
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=scale, border=4)
    return Pillow.open(out).convert("L")


def on_table(image: Pillow.Image) -> Pillow.Image:
    table = Pillow.new("L", (1600, 1200), 150)
    table.paste(image, (900, 100))
    return table


def test_it_reads_vietnamese_as_written():
    assert qr.read_qr(on_table(code())) == [TEXT]


@pytest.mark.parametrize("short", ["Vũ Ý", "Ở", "Đỗ Ơ"])
def test_a_short_text_is_not_taken_for_another_encoding(short):
    assert qr.read_qr(on_table(code(short))) == [short]


@pytest.mark.parametrize("angle", [7, 45, 90, 180, 263])
def test_it_reads_a_turned_code(angle):
    assert qr.read_qr(on_table(code()).rotate(angle, expand=True, fillcolor=150)) == [TEXT]


def test_it_reads_a_small_code_after_enlarging():
    assert qr.read_qr(on_table(code(scale=2))) == [TEXT]


def test_it_reads_a_pale_code():
    pale = on_table(code()).point(lambda value: 100 + value // 12)
    assert qr.read_qr(pale.filter(ImageFilter.GaussianBlur(1.5))) == [TEXT]


def test_nothing_is_read_from_nothing():
    assert qr.read_qr(Pillow.new("RGB", (800, 600), "gray")) == []


def test_it_writes_one_svg_element_that_stands_alone():
    svg = qr.qr_svg(TEXT)
    assert svg.startswith("<svg")
    assert 'xmlns="http://www.w3.org/2000/svg"' in svg
    assert "viewBox" in svg
    assert "031090000001" not in svg


def seen(svg):
    """The picture a browser makes of the code's strokes."""
    size = int(re.findall(r'viewBox="0 0 (\d+) ', svg)[0])
    picture = Pillow.new("L", (size, size), 255)
    x = y = 0.0
    for order, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", svg[svg.index(' d="') :]):
        if order == "M":
            x, y = float(first), float(second)
        elif order == "m":
            x, y = x + float(first), y + float(second)
        else:
            picture.paste(0, (int(x), int(y - 0.5), int(x) + int(first), int(y + 0.5)))
            x += float(first)
    return picture.resize((size * 4, size * 4), Pillow.Resampling.NEAREST)


@pytest.mark.parametrize("text", [TEXT, "1", "0100000001|4e677579|" * 12, "Thẻ của Nguyễn Thị Lan"])
def test_what_it_writes_can_be_read(text):
    picture = seen(qr.qr_svg(text))
    assert qr.read_qr(picture, thorough=False) == [text]
    assert ImageOps.invert(picture).getbbox() == (16, 16, picture.width - 16, picture.height - 16)


def test_the_error_correction_is_the_one_asked_for():
    for level in "lmqh":
        (code,) = zxingcpp.read_barcodes(seen(qr.qr_svg(TEXT, error=level)))
        assert code.ec_level == level.upper()


def test_a_barcode_says_the_number():
    number = "00001/2026/03101"
    svg = qr.code128_svg(number)
    image = zxingcpp.create_barcode(number, zxingcpp.BarcodeFormat.Code128).to_image(scale=3)
    assert svg.startswith("<svg")
    assert zxingcpp.read_barcodes(image)[0].text == number
