"""Drawn photos, each drawn once for a state of the source: three quarters of the time of looking at one; or
none at all, where it matters only that there are some.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
from concurrent.futures import Future
from dataclasses import astuple
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.environment import ROOT
from tests.making.registrations import looked_at, plain_photo
from vssid.domain.identity import reader
from vssid.domain.identity.kinds import ImageKind

from ..pictures import drawing, photos
from ..pictures.photos import CardPerson

DRAW = {
    ImageKind.FRONT: photos.draw_front,
    ImageKind.BACK: photos.draw_back,
    ImageKind.PORTRAIT: photos.draw_portrait,
}
SHELF = ROOT / ".cache"
# What a picture is made of: these modules, and what they draw with.
SOURCES = ("cli/demo/pictures/*.py", "domain/identity/cccd_qr.py", "domain/identity/mrz.py")
PACKAGES = ("numpy", "pillow", "segno", "typst")


def drawn(kind: ImageKind, person: CardPerson, seed: int, defect: photos.Defect | None = None) -> bytes:
    """The file of the photo, as `photos` draws it."""
    name = f"{kind.value}-{seed}-{defect}-{_digest(*map(str, astuple(person)))}.jpg"
    path = _folder() / name
    if not path.exists():
        making = path.with_name(f"{os.getpid()}-{name}")
        DRAW[kind](person, making, seed=seed, defect=defect)
        making.rename(path)
    return path.read_bytes()


@cache
def _folder() -> Path:
    """That of this state of the source; those of others go."""
    paths = sorted(path for pattern in SOURCES for path in (ROOT / "src" / "vssid").glob(pattern))
    assert len(paths) > len(SOURCES)
    texts = [path.read_text(encoding="utf-8") for path in paths]
    folder = SHELF / f"drawn-{_digest(platform.python_version(), *map(version, PACKAGES), *texts)}"
    for old in SHELF.glob("drawn-*"):
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


def draw_nothing(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Every photo of a demo is a plain one, and reads as it should."""
    photo = folder / "photo.jpg"
    photo.write_bytes(plain_photo())
    drawn: Future[str] = Future()
    drawn.set_result(str(photo))
    of_one = dict.fromkeys(DRAW, drawn)
    monkeypatch.setattr(
        drawing, "start", lambda _pool, people, _folder: {each.person.bhxh_code: of_one for each in people}
    )
    monkeypatch.setattr(reader, "look", lambda kind, _data: looked_at(kind))
