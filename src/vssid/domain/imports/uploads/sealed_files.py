"""Files of any size in the blobs, sealed for a subject in chunks.

Each chunk authenticates its subject, purpose, number and the number of all, so none can be moved, left out
or cut off unseen. Never more than one chunk is in memory.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from vssid.domain.vault import sealing as vault
from vssid.infra import blobs, keys, orphans

FOLDER = "imports"
CHUNK = 1 << 20
# Long enough for the slowest upload between its first blob and its row.
ORPHAN_AGE = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Sealed:
    """Where a sealed file lies: the blobs `key/0`, `key/1` …; `size` is that of the plain file in bytes."""

    subject_id: int
    purpose: str
    key: str
    size: int

    @property
    def chunks(self) -> int:
        """How many blobs it has."""
        return -(-self.size // CHUNK)

    def named(self, number: int) -> str:
        """What the seal of a chunk binds it to."""
        return f"{self.purpose}:{number}/{self.chunks}"


def store(subject_id: int, purpose: str, path: Path, *, folder: str = FOLDER) -> Sealed:
    """Seal a file into the blobs. What was written goes again when it cannot be finished."""
    key = f"{folder}/{secrets.token_hex(1)}/{secrets.token_hex(16)}"
    with path.open("rb") as file:
        sealed = Sealed(subject_id, purpose, key, os.fstat(file.fileno()).st_size)
        try:
            for number in range(sealed.chunks):
                plain = file.read(CHUNK)
                blobs.put(f"{key}/{number}", vault.seal(subject_id, sealed.named(number), plain))
        except BaseException:
            with suppress(Exception):
                delete(sealed)
            raise
    return sealed


def read(sealed: Sealed) -> Iterator[bytes]:
    """The plain file, chunk by chunk. Raises blobs.NotStored, vault Erased or keys.CannotOpen."""
    read_bytes = 0
    for number in range(sealed.chunks):
        plain = vault.unseal(sealed.subject_id, sealed.named(number), blobs.get(f"{sealed.key}/{number}"))
        read_bytes += len(plain)
        yield plain
    if read_bytes != sealed.size:
        raise keys.CannotOpen


def write_to(path: Path, sealed: Sealed) -> None:
    """Write the plain file to a path that must be new, readable by its owner only."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for plain in read(sealed):
            file.write(plain)


def sweep(folder: str, named: Callable[[set[str]], set[str]], *, now: datetime) -> int:
    """Delete files of a folder that were written a while ago and that no row names; returns how many blobs.

    `named` tells which of these keys rows name.
    """

    def of_rows(keys: list[str]) -> list[str]:
        known = named({_file_of(key) for key in keys})
        return [key for key in keys if _file_of(key) in known]

    return orphans.sweep(folder, of_rows, now, age=ORPHAN_AGE)


def _file_of(key: str) -> str:
    return key.rpartition("/")[0]


def delete(sealed: Sealed) -> None:
    """Remove its blobs; some of them gone already is fine."""
    for number in range(sealed.chunks):
        blobs.delete(f"{sealed.key}/{number}")
