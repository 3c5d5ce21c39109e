"""Give sealed files of one person to another: copied before the transaction, named in it, removed after it.

A file is never moved: until the rows are committed they name the old one, afterwards the new one, and each is
there. What a kill leaves behind no row names, and the sweep of orphans removes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from django.db import transaction

from vssid.infra import blobs, orphans

from . import sealing as vault


class NotCopied(Exception):
    """A file came after the copies were made; all of it is done again later."""


@dataclass(slots=True)
class Copies:
    """Files stored anew for another person: the new key of each old one; `gone` were not there any more."""

    made: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)

    def take(self, key: str) -> str:
        """The key to name instead, in the caller's transaction; then the old file goes. Raises NotCopied."""
        if key in self.gone:
            return key
        if key not in self.made:
            raise NotCopied
        self.taken.add(key)
        transaction.on_commit(partial(blobs.delete, key), robust=True)
        return self.made[key]

    def drop_untaken(self) -> None:
        """Remove what no row was to name. A taken one stays: whether the commit came through is not known."""
        orphans.drop(self.made[key] for key in self.made.keys() - self.taken)


@contextmanager
def copied(
    keys: Iterable[str], old: int, new: int, *, purpose: Callable[[str], str], fresh: Callable[[], str]
) -> Iterator[Copies]:
    """Copies of the files of `old`, sealed for `new`, each under a fresh key. Call it outside a transaction.

    Raises blobs.Away, vault Erased or keys.CannotOpen.
    """
    copies = Copies()
    try:
        for key in keys:
            try:
                plain = vault.unseal(old, purpose(key), blobs.get(key))
            except blobs.NotStored:
                copies.gone.add(key)
                continue
            copies.made[key] = fresh()
            blobs.put(copies.made[key], vault.seal(new, purpose(copies.made[key]), plain))
        yield copies
    finally:
        copies.drop_untaken()
