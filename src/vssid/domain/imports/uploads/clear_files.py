"""Where a file lies in clear while it is received or loaded: one folder, open to its owner only."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings

_INCOMING, _WORK = "in-", "work-"
# A file that is still being received was written to more lately than that.
LEFT_ALONE = timedelta(hours=1)
_LONGEST_NAME = 150  # bytes; file systems take 255


def folder() -> Path:
    """The folder, made when it is not there."""
    path: Path = settings.DATA / "imports" / "clear"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def incoming(name: str) -> IO[bytes]:
    """A new file for what is being received; it is gone when closed. `name` only gives it its ending."""
    suffix = Path(name).suffix
    ending = suffix if suffix.isascii() and len(suffix) < 10 else ""
    return tempfile.NamedTemporaryFile(dir=folder(), prefix=_INCOMING, suffix=ending)


@contextmanager
def workplace(upload_id: int) -> Iterator[Path]:
    """A folder for the work with one upload; what a killed worker left in it goes first, all goes after."""
    place = folder() / f"{_WORK}{upload_id}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def short(name: str) -> str:
    """A file name that every file system takes: cut in the middle of its stem, the ending kept."""
    path = Path(name)
    room = _LONGEST_NAME - len(os.fsencode(path.suffix))
    if room < 1:
        return os.fsencode(name)[:_LONGEST_NAME].decode(errors="ignore")
    return os.fsencode(path.stem)[:room].decode(errors="ignore") + path.suffix


def sweep(now: datetime, *, working: Collection[int]) -> int:
    """Remove what processes that were killed left; uploads in `working` keep theirs. Returns how many."""
    kept = {f"{_WORK}{upload_id}" for upload_id in working}
    swept = 0
    for path in folder().iterdir():
        with suppress(FileNotFoundError):
            if path.name.startswith(_WORK) and path.name not in kept:
                shutil.rmtree(path)
            elif path.is_file() and path.stat().st_mtime < (now - LEFT_ALONE).timestamp():
                path.unlink()
            else:
                continue
            swept += 1
    return swept
