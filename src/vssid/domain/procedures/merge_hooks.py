"""Requests of a merged person go to the person who is kept, with their pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from vssid.domain.participants.merges.merge_hooks import MergeHook
from vssid.domain.vault.copying import Copies
from vssid.domain.vault.reassign import give
from vssid.kernel.actor import SYSTEM

from . import actions, drafts, files, sealed_words
from .models import UNFINISHED, Move, Request
from .states import State


def _left(merged: Sequence[int]) -> Iterable[int]:
    return Request.objects.filter(person_id__in=merged).values_list("person_id", flat=True)


def _follow(merged_id: int, kept_id: int, now: datetime, copies: Copies) -> None:
    for row in Request.objects.select_for_update().filter(person_id=merged_id, state__in=UNFINISHED):
        # One of a kind is open at a time; that of the person who is kept goes on.
        if Request.objects.filter(person_id=kept_id, kind=row.kind, state__in=UNFINISHED).exists():
            _end(row, now)
    give(
        Request,
        merged_id,
        kept_id,
        sealed={"answers": lambda row: drafts.purpose(row.id)},
        row_of=lambda row: row.version,
    )
    give(
        Move,
        merged_id,
        kept_id,
        sealed={"text": lambda row: sealed_words.purpose(row.request_id)},
        row_of=lambda row: sealed_words.row(row.move, row.at),
    )
    files.give(merged_id, kept_id, copies)


def _end(row: Request, now: datetime) -> None:
    if row.state == State.DRAFT:
        drafts.discard(row.person_id, row.id, now=now)
    else:
        actions.withdraw(row.person_id, row.id, by=SYSTEM, now=now)


MERGE_HOOKS = (MergeHook("requests", _left, _follow, files.copied),)
