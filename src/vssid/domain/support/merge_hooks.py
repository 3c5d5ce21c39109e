"""Messages of a merged person go to the person who is kept; they are sealed with their own key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from vssid.domain.participants.merges.merge_hooks import MergeHook

from .models import Ticket


def _left(merged: Sequence[int]) -> Iterable[int | None]:
    return Ticket.objects.filter(person_id__in=merged).values_list("person_id", flat=True)


def _follow(merged_id: int, kept_id: int, now: datetime) -> None:
    Ticket.objects.filter(person_id=merged_id).update(person_id=kept_id)


MERGE_HOOKS = (MergeHook("messages", _left, _follow),)
