"""Laying down the static files of this version beside those of earlier ones, which go after a month."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.core.management import call_command

from .storage import MANIFESTS, HashedStorage

KEPT_SECONDS = 31 * 24 * 3600
COMPRESSED = {".gz", ".br"}
OLD_MANIFEST = "staticfiles.json"  # where versions before this way kept their one manifest


def collect() -> None:
    """Hash and compress the static files of this version, unless they lie there; drop what no version needs.

    Nothing that a running server or a page in somebody's hand may still ask for is deleted or rewritten: a
    file goes a month after the last manifest that named it was in use. Several may run at once.
    """
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    with _locked(root):
        _was_in_use_until_now(root)
        own = root / MANIFESTS / HashedStorage().manifest_name
        if own.is_file():
            os.utime(own)
        else:
            _lay_down(root)
        _prune(root)


def is_collected() -> bool:
    """Do the static files of the version that this process runs lie there?

    Of that one, also when the sources beside it have been replaced since it started.
    """
    storage: Any = storages["staticfiles"]
    return (Path(settings.STATIC_ROOT) / MANIFESTS / str(storage.manifest_name)).is_file()


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    with root.with_name(f"{root.name}.lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _was_in_use_until_now(root: Path) -> None:
    """The month of the last version begins today, when the next one takes over, however old it is."""
    manifests = root / MANIFESTS
    manifests.mkdir(exist_ok=True)
    before = root / OLD_MANIFEST
    if before.is_file():
        before.replace(manifests / OLD_MANIFEST)
        root.with_name("static.stamp").unlink(missing_ok=True)
    if known := _by_age(root):
        os.utime(known[-1])


def _lay_down(root: Path) -> None:
    """Collect into a folder aside, then move each file to its place whole; the manifest comes last."""
    from django.contrib.staticfiles.management.commands import collectstatic

    with TemporaryDirectory(dir=root, prefix=".new-") as aside:
        command = collectstatic.Command()
        command.storage = HashedStorage(location=aside)
        call_command(command, verbosity=0, interactive=False)
        made = [path for path in sorted(Path(aside).rglob("*"), reverse=True) if path.is_file()]
        for path in sorted(made, key=lambda path: path.parent.name == MANIFESTS):
            place = root / path.relative_to(aside)
            place.parent.mkdir(parents=True, exist_ok=True)
            if path.parent.name == MANIFESTS or not place.exists():
                path.replace(place)


def _prune(root: Path) -> None:
    *earlier, _newest = _by_age(root)
    for manifest in earlier:
        if time.time() - manifest.stat().st_mtime > KEPT_SECONDS:
            manifest.unlink()
    kept = [json.loads(manifest.read_text())["paths"] for manifest in _by_age(root)]
    named = {name for paths in kept for name in paths.values()}
    for path in root.rglob("*"):
        plain = path.with_suffix("") if path.suffix in COMPRESSED else path
        if path.is_file() and path.parent.name != MANIFESTS and str(plain.relative_to(root)) not in named:
            path.unlink()


def _by_age(root: Path) -> list[Path]:
    return sorted((root / MANIFESTS).glob("*.json"), key=lambda manifest: manifest.stat().st_mtime)
