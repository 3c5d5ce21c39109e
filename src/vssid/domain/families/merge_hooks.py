"""Requests for children follow the guardian, and the child, whose code was merged. Each has its own key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from vssid.domain.participants.merges.merge_hooks import MergeHook
from vssid.domain.vault.reassign import give
from vssid.kernel.actor import SYSTEM

from . import actions
from .models import ChildRequest
from .states import State


def _asking(merged: Sequence[int]) -> Iterable[int]:
    return ChildRequest.objects.filter(person_id__in=merged).values_list("person_id", flat=True)


def _guardian(merged_id: int, kept_id: int, now: datetime) -> None:
    mine = ChildRequest.objects.filter(person_id=kept_id)
    for row in ChildRequest.objects.select_for_update().filter(person_id=merged_id):
        if row.state == State.DRAFT and mine.filter(state=State.DRAFT).exists():
            actions.discard(merged_id, row.id, before=now)
        elif row.state == State.SUBMITTED and _asked_too(row, kept_id):
            actions.withdraw(merged_id, row.id, by=SYSTEM, now=now)
    give(ChildRequest, merged_id, kept_id)


def _asked_too(row: ChildRequest, kept_id: int) -> bool:
    sent = ChildRequest.objects.filter(person_id=kept_id, state=State.SUBMITTED)
    if sent.filter(child_key__in=actions.child_keys(actions.typed_of(row).code)).exists():
        return True
    return row.child_id is not None and sent.filter(child_id=row.child_id).exists()


def _asked_for(merged: Sequence[int]) -> Iterable[int | None]:
    return ChildRequest.objects.filter(child_id__in=merged).values_list("child_id", flat=True)


def _child(merged_id: int, kept_id: int, now: datetime) -> None:
    for row in ChildRequest.objects.select_for_update().filter(child_id=merged_id):
        sent = ChildRequest.objects.filter(person_id=row.person_id, child_id=kept_id, state=State.SUBMITTED)
        if row.state == State.SUBMITTED and sent.exists():
            actions.withdraw(row.person_id, row.id, by=SYSTEM, now=now)
        ChildRequest.objects.filter(person_id=row.person_id, id=row.id).update(child_id=kept_id)


MERGE_HOOKS = (
    MergeHook("requests_of_guardian", _asking, _guardian),
    MergeHook("requests_for_child", _asked_for, _child),
)
