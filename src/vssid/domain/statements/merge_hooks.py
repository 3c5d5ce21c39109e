"""Statements issued to a merged person go to the person who is kept; their codes go on leading to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from vssid.domain.participants.merges.merge_hooks import MergeHook
from vssid.domain.vault.copying import Copies
from vssid.domain.vault.reassign import give

from . import files
from .actions import SEALED_FOR
from .models import Code, Statement


def _left(merged: Sequence[int]) -> Iterable[int]:
    return Statement.objects.filter(person_id__in=merged).values_list("person_id", flat=True)


def _follow(merged_id: int, kept_id: int, now: datetime, copies: Copies) -> None:
    for row in Statement.objects.select_for_update().filter(person_id=merged_id).exclude(blob_key=""):
        key = copies.take(row.blob_key)
        Statement.objects.filter(person_id=merged_id, id=row.id).update(blob_key=key)
    give(Statement, merged_id, kept_id, sealed={"sealed": SEALED_FOR}, row_of=lambda row: row.id)
    Code.objects.filter(person_id=merged_id).update(person_id=kept_id)


MERGE_HOOKS = (MergeHook("statements", _left, _follow, files.copied),)
