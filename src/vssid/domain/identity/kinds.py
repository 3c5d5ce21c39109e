"""The kinds of images an application has."""

from __future__ import annotations

from enum import StrEnum


class ImageKind(StrEnum):
    """Which picture of an application it is."""

    FRONT = "front"
    BACK = "back"
    PORTRAIT = "portrait"
    BIRTH = "birth"  # a birth certificate, of a request for a child


OF_AN_ID = frozenset({ImageKind.FRONT, ImageKind.BACK, ImageKind.PORTRAIT})
