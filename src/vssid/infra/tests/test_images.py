"""Uploads are hostile until decoded."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from PIL import Image as Pillow

from vssid.infra.pictures import images
from vssid.infra.pictures.images import CannotDecode, Problem


def picture(width: int = 900, height: int = 600, mode: str = "RGB") -> Pillow.Image:
    image = Pillow.radial_gradient("L").resize((width, height))
    image.paste(255, (0, 0, width // 4, height // 4))  # a white corner shows how it lies
    return image.convert(mode)


def saved(image: Pillow.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def red(image: Pillow.Image, x: int, y: int) -> int:
    value = image.getpixel((x, y))
    assert isinstance(value, tuple)
    return value[0]


def header_only_png(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return start + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_it_decodes_each_format_to_rgb(kind):
    image = images.decode(saved(picture(), kind))
    assert (image.mode, image.size) == ("RGB", (900, 600))


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "PPM", "ICO"])
def test_it_refuses_other_formats_whatever_they_are_called(kind):
    with pytest.raises(CannotDecode) as refused:
        images.decode(saved(picture(), kind))
    assert refused.value.problem is Problem.NOT_IMAGE


@pytest.mark.parametrize("data", [b"", b"x", b"%PDF-1.7 " * 50, b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_it_refuses_what_is_no_picture(data):
    with pytest.raises(CannotDecode) as refused:
        images.decode(data)
    assert refused.value.problem is Problem.NOT_IMAGE


def test_it_refuses_a_file_over_ten_megabytes_unseen():
    with pytest.raises(CannotDecode) as refused:
        images.decode(b"\xff" * (images.MAX_BYTES + 1))
    assert refused.value.problem is Problem.TOO_BIG


@pytest.mark.parametrize("size", [(10_000, 5_001), (60_000, 60_000)])
def test_it_refuses_a_bomb_by_its_header(size, monkeypatch):
    monkeypatch.setattr(Pillow.Image, "load", lambda self: pytest.fail("decoded"))
    with pytest.raises(CannotDecode) as refused:
        images.decode(header_only_png(*size))
    assert refused.value.problem is Problem.TOO_MANY_PIXELS


def test_it_refuses_a_tiny_picture():
    with pytest.raises(CannotDecode) as refused:
        images.decode(saved(picture(900, 150), "JPEG"))
    assert refused.value.problem is Problem.TOO_SMALL


@cache
def _noise(kind):
    return saved(Pillow.effect_noise((900, 600), 60).convert("RGB"), kind)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("part", [0.5, 0.9])
def test_it_refuses_a_truncated_file(kind, part):
    data = _noise(kind)
    with pytest.raises(CannotDecode):
        images.decode(data[: int(len(data) * part)])


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_turns_upright_as_exif_says(orientation):
    upright = picture(600, 400)
    back = {5: 5, 6: 8, 7: 7, 8: 6}.get(orientation, orientation)
    turn = images._TURNS.get(back)
    lying = upright.transpose(turn) if turn is not None else upright
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    image = images.decode(saved(lying, "JPEG", exif=exif, quality=95))
    assert image.size == (600, 400)
    assert red(image, 20, 20) > 240
    assert red(image, 300, 200) < 60


def test_it_strips_every_metadata():
    exif = Pillow.Exif()
    exif[0x010F], exif[0x0112] = "CANARY-MAKER", 6
    exif[0x8825] = {1: "N", 2: (20.0, 51.0, 0.0)}
    data = saved(picture(), "JPEG", exif=exif, comment=b"CANARY-COMMENT", icc_profile=b"CANARY" * 30)
    clean = images.encode(images.decode(data))
    assert b"CANARY" in data
    assert b"CANARY" not in clean
    assert not Pillow.open(io.BytesIO(clean)).getexif()


def test_broken_metadata_does_not_spoil_a_good_picture():
    data = saved(picture(), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")
    assert images.decode(data).size == (900, 600)


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK"])
def test_it_turns_every_colour_mode_into_rgb(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert images.decode(saved(picture(mode=mode), kind)).mode == "RGB"


def test_transparent_becomes_white():
    image = images.decode(saved(Pillow.new("RGBA", (300, 300), (0, 0, 0, 0)), "PNG"))
    assert image.getpixel((5, 5)) == (255, 255, 255)


def test_sixteen_bits_keep_their_greys():
    image = images.decode(saved(Pillow.new("I;16", (300, 300), 0x8000), "PNG"))
    assert 120 <= red(image, 5, 5) <= 136


def test_of_an_animation_the_first_frame_counts():
    first, second = Pillow.new("RGB", (300, 300), "red"), Pillow.new("RGB", (300, 300), "blue")
    data = saved(first, "WEBP", save_all=True, append_images=[second], lossless=True)
    assert red(images.decode(data), 9, 9) > 200


def test_a_large_picture_shrinks_to_the_long_side():
    assert images.decode(saved(picture(4000, 3000), "JPEG")).size == (2400, 1800)
    assert images.decode(saved(picture(3000, 8000), "JPEG")).size == (900, 2400)


def test_the_plugins_are_the_four():
    assert images.FORMATS == ("JPEG", "PNG", "WEBP", "HEIF")
    assert pillow_heif.HeifImageFile.format in Pillow.OPEN


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_formats_no_camera_writes_may_have_half_the_pixels(kind, monkeypatch):
    monkeypatch.setattr(images, "MAX_PIXELS_WHOLE", 900 * 600 - 1)
    assert images.decode(saved(picture(), "JPEG")).size == (900, 600)
    with pytest.raises(CannotDecode) as refused:
        images.decode(saved(picture(), kind))
    assert refused.value.problem is Problem.TOO_MANY_PIXELS


def test_it_refuses_a_strip_that_would_shrink_to_a_line():
    with pytest.raises(CannotDecode) as refused:
        images.decode(header_only_png(200, 100_000))
    assert refused.value.problem is Problem.TOO_SMALL


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "I;16", "1"])
def test_large_pictures_of_every_mode_shrink_and_keep_their_greys(mode):
    plain = Pillow.new("I;16", (3000, 2600), 128 * 256) if mode == "I;16" else (
        Pillow.new("RGBA", (3000, 2600), (128, 128, 128, 255)).convert(mode)
    )  # fmt: skip
    image = images.decode(saved(plain, "PNG"))
    assert (image.mode, image.size) == ("RGB", (2400, 2080))
    assert mode == "1" or abs(red(image, 1000, 1000) - 128) <= 1


MEASURED = """
import resource, sys
from vssid.infra.pictures import images
data = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    images.decode(data)
except images.CannotDecode as refused:
    print(refused, file=sys.stderr)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize(
    ("side", "kind", "megabytes"), [(4990, "PNG", 350), (4990, "WEBP", 550), (50_000, "PNG", 20)]
)
def test_a_hostile_picture_takes_bounded_memory(side, kind, megabytes):
    data = (
        header_only_png(side, side)
        if side > 10_000
        else saved(Pillow.new("RGBA", (side, side)), kind, **({"method": 0} if kind == "WEBP" else {}))
    )
    env = os.environ | {"PYTHONPATH": str(Path(images.__file__).parents[3])}
    done = subprocess.run(
        [sys.executable, "-c", MEASURED], input=data, capture_output=True, check=True, env=env
    )
    assert int(done.stdout) <= megabytes
