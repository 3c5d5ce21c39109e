"""What hangs on a person who was merged goes to the person who is kept.

Each room has MERGE_HOOKS in a module `merge_hooks`, found as the importers are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

import structlog
from django.apps import apps
from django.db import transaction

from vssid.infra.database.away import reraise_lost

from .. import queries

log = structlog.get_logger()
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class MergeHook:
    """One room's part. `left` tells which of some merged people still have something here; `follow` gives it
    over (merged, kept, now) in one transaction. Doing it twice is doing it once.

    `around` (merged, kept) is open around that transaction: what lies in the store of files is copied before
    it, and what is no longer named is removed after it. Killed anywhere between, either person has all.
    """

    name: str
    left: Callable[[Sequence[int]], Iterable[int | None]]
    follow: Callable[..., object]
    around: Callable[[int, int], AbstractContextManager[object]] | None = None


def all_hooks() -> Iterator[MergeHook]:
    """Every room's, in the order of the rooms."""
    for config in apps.get_app_configs():
        if config.name.startswith("vssid.domain.") and find_spec(f"{config.name}.merge_hooks"):
            yield from import_module(f"{config.name}.merge_hooks").MERGE_HOOKS


def follow(since: datetime | None, *, now: datetime) -> int:
    """Follow the merges written since (None: all) that left something behind; returns how many times.

    Each stands alone: one that fails is logged and tried again the next time.
    """
    merges = dict(queries.merges_since(since))
    merged = list(merges)
    done = 0
    for first in range(0, len(merged), _AT_ONCE):
        for hook in all_hooks():
            for person_id in sorted(filter(None, set(hook.left(merged[first : first + _AT_ONCE])))):
                done += _try(hook, person_id, merges[person_id], now)
    return done


def _try(merge_hook: MergeHook, merged_id: int, kept_id: int, now: datetime) -> bool:
    try:
        if merge_hook.around is None:
            with transaction.atomic():
                merge_hook.follow(merged_id, kept_id, now)
            return True
        with merge_hook.around(merged_id, kept_id) as copied, transaction.atomic():
            merge_hook.follow(merged_id, kept_id, now, copied)
    except Exception as error:
        reraise_lost(error)
        log.exception("merge_hook_failed", hook=merge_hook.name, subject=merged_id)
        return False
    return True
