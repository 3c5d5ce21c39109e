"""Pictures that go with a file: sealed blobs that a row of the room names.

Only pictures: a PDF can hold what nobody sees. A new one is written under a new key, then a row names it, and
only after the commit the old blob goes; what a crash leaves behind, `sweep` deletes.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction

from vssid.domain.vault import sealing as vault
from vssid.infra import blobs, orphans


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a room's pictures lie, and what they are sealed for."""

    name: str
    sealed_for: str

    def new_key(self) -> str:
        """A key that nobody can guess, in one of 256 folders."""
        return f"{self.name}/{secrets.token_hex(1)}/{secrets.token_hex(16)}"

    def purpose(self, key: str) -> str:
        """Binds what is sealed to its key."""
        return f"{self.sealed_for}:{key}"


def put(folder: Folder, owner_id: int, jpeg: bytes) -> str:
    """Store a picture sealed for its owner; returns its key. Call it before the transaction that names it."""
    key = folder.new_key()
    blobs.put(key, vault.seal(owner_id, folder.purpose(key), jpeg))
    return key


@contextmanager
def named(key: str) -> Iterator[None]:
    """The block names a stored picture; when it fails for sure, the picture goes at once."""
    try:
        yield
    except BaseException as error:
        orphans.drop([key], error)
        raise


def content(folder: Folder, owner_id: int, key: str) -> bytes | None:
    """The JPEG; None when it is not there."""
    try:
        sealed = blobs.get(key)
    except blobs.NotStored:
        return None
    return vault.unseal(owner_id, folder.purpose(key), sealed)


def discard(keys: Iterable[str]) -> None:
    """Delete them once the caller's transaction is committed: a row that stays must not name nothing."""
    for key in keys:
        transaction.on_commit(partial(blobs.delete, key), robust=True)


def sweep(folder: Folder, known: Callable[[list[str]], Collection[str]], now: datetime) -> int:
    """Delete pictures that no row names any more; returns how many. It starts from the blobs."""
    return orphans.sweep(folder.name, known, now)
