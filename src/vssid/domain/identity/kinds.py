"""The kinds of images an application has."""

from __future__ import annotations

from enum import StrEnum


class ImageKind(StrEnum):
    """Which picture of an application it is."""

    FRONT = "front"
    BACK = "back"
    PORTRAIT = "portrait"
