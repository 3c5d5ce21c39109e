"""Fingerprint keys as an operator changes them, in a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from vssid.domain.vault import sealing as vault
from vssid.domain.vault.prints import changing, known
from vssid.infra import keys

OLD, NEW = keys.new_key_text("f1"), keys.new_key_text("f2", marked=True)


@contextmanager
def of_a_test(settings: Any) -> Iterator[Callable[..., None]]:
    """Yields what sets the keys, newest last, and starts a process with them."""

    def give(*texts: str, now: datetime | None = None) -> None:
        settings.FINGERPRINT_KEYS = list(texts)
        vault._fingerprint_keys.cache_clear()
        if now is not None:
            known.note(now=now)

    try:
        yield give
    finally:
        vault._fingerprint_keys.cache_clear()


def change_all(give: Callable[..., None], *, now: datetime, later: datetime) -> None:
    """From OLD to NEW alone, step by step; `later`: when what goes by itself has gone."""
    give(OLD, NEW, now=now)
    changing.change(now=now)
    give(NEW, OLD, now=now)
    changing.change(now=later)
    give(NEW, now=later)
    changing.change(now=later)
