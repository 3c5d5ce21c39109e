"""Read a card and judge its picture. Stores nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image as Pillow

from vssid.infra.documents import mrz as ocr
from vssid.infra.documents import qr_reader
from vssid.infra.pictures import faces, images

from . import cccd_qr, judge, mrz
from .errors import BadImage
from .kinds import ImageKind
from .reading import Reading
from .verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Looked:
    """One upload after looking: a clean JPEG and what is to be said of it."""

    jpeg: bytes
    width: int
    height: int
    verdict: Verdict
    reading: Reading | None


def look(kind: ImageKind, data: bytes) -> Looked:
    """Decode, clean, read and judge an upload. Raises BadImage."""
    image = _decode(data)
    pixels = _pixels(image)
    measures = judge.measure(pixels)
    reading = _read(kind, image, measures)
    verdict = judge.judge(
        kind,
        measures,
        short_side=min(image.size),
        read=reading is not None,
        mrz_tried=ocr.available(),
        face=kind is not ImageKind.PORTRAIT or faces.has_face(pixels),
    )
    return Looked(images.encode(image), image.width, image.height, verdict, reading)


def read_card_qr(data: bytes) -> Reading | None:
    """What the QR of a card in the picture says; None when there is none. Raises BadImage."""
    return _first_card(read_qr_texts(data))


def read_qr_texts(data: bytes) -> list[str]:
    """What every QR in the picture says. Raises BadImage, also `busy` and `slow`."""
    try:
        with qr_reader.place():
            return qr_reader.read_qr(_decode(data))
    except qr_reader.Busy:
        raise BadImage(reason="busy") from None
    except qr_reader.TooSlow:
        raise BadImage(reason="slow") from None


def _decode(data: bytes) -> Pillow.Image:
    try:
        return images.decode(data)
    except images.CannotDecode as refused:
        raise BadImage(reason=refused.problem.value) from None


def _pixels(image: Pillow.Image) -> judge.Pixels:
    scale = judge.SCALE / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return np.asarray(image.resize(size, Pillow.Resampling.BOX))


def _read(kind: ImageKind, image: Pillow.Image, measures: judge.Measures) -> Reading | None:
    """The QR is on the front of the 2021 card and on the back of the 2024 card; the MRZ on the back."""
    if kind in (ImageKind.PORTRAIT, ImageKind.BIRTH):
        return None
    if kind is ImageKind.FRONT:
        return _first_card(_texts(image))
    reading = _first_card(_texts(image, thorough=False))
    if reading is None and measures.sharpness >= judge.SHARP / 2:
        reading = _read_mrz(image)
    return reading or _first_card(_texts(image))


def _texts(image: Pillow.Image, *, thorough: bool = True) -> list[str]:
    """What takes too long is a code that cannot be read: the picture is judged without."""
    try:
        return qr_reader.read_qr(image, thorough=thorough)
    except qr_reader.TooSlow:
        return []
    except qr_reader.Busy:
        raise BadImage(reason="busy") from None


def _first_card(texts: list[str]) -> Reading | None:
    return next((reading for text in texts if (reading := cccd_qr.parse(text))), None)


def _read_mrz(image: Pillow.Image) -> Reading | None:
    """As it is, then as it may lie: upside down, or sideways in an upright picture."""
    turns = (0, 180) if image.width >= image.height else (0, 90, 270)
    for turn in turns:
        reading = mrz.parse(ocr.read_lines(image.rotate(turn, expand=True)))
        if reading or not ocr.available():
            return reading
    return None
