"""What of a merged person's account, notices, links and trusted person goes to the person who is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from vssid.domain.notifications.inbox import reassign
from vssid.domain.participants.merges.merge_hooks import MergeHook
from vssid.domain.vault.reassign import give

from . import merges
from .guardianship import guardians, trusted
from .models.accounts import Account
from .models.relations import Guardian, TrustedPerson
from .models.staff import StaffPerson


def _with_account(merged: Sequence[int]) -> Iterable[int]:
    rows = Account.objects.filter(person_id__in=merged, kind=Account.CITIZEN)
    return rows.values_list("person_id", flat=True)


def _account(merged_id: int, kept_id: int, now: datetime) -> None:
    merges.follow(merged_id, now=now)


def _watched(merged: Sequence[int]) -> Iterable[int]:
    rows = Guardian.objects.filter(child_id__in=merged, ended_at=None)
    return rows.values_list("child_id", flat=True)


def _guarding(merged: Sequence[int]) -> Iterable[int]:
    return Guardian.objects.filter(person_id__in=merged).values_list("person_id", flat=True)


def _links(merged_id: int, kept_id: int, now: datetime) -> None:
    guardians.end_doubles(merged_id, kept_id, now=now)
    give(Guardian, merged_id, kept_id)


def _trusting(merged: Sequence[int]) -> Iterable[int]:
    return TrustedPerson.objects.filter(person_id__in=merged).values_list("person_id", flat=True)


def _trusted(merged_id: int, kept_id: int, now: datetime) -> None:
    comes = trusted.of(kept_id) is None
    if not comes or trusted.was_put_back(merged_id, now=now):
        trusted.remove(merged_id, now=now)
    give(TrustedPerson, merged_id, kept_id, sealed={"sealed": trusted.SEALED}, row_of=lambda row: row.id)
    if comes:
        trusted.retell(kept_id, now=now)


def _of_staff(merged: Sequence[int]) -> Iterable[int]:
    return StaffPerson.objects.filter(person_id__in=merged).values_list("person_id", flat=True)


def _staff(merged_id: int, kept_id: int, now: datetime) -> None:
    StaffPerson.objects.filter(person_id=merged_id).update(person_id=kept_id)


def _notices(merged_id: int, kept_id: int, now: datetime) -> None:
    reassign.give_all(merged_id, kept_id)


MERGE_HOOKS = (
    MergeHook("account", _with_account, _account),
    MergeHook("child", _watched, lambda merged, kept, now: guardians.follow_child(merged, kept, now=now)),
    MergeHook("guardian", _guarding, _links),
    MergeHook("trusted", _trusting, _trusted),
    MergeHook("staff", _of_staff, _staff),
    MergeHook("notices", reassign.with_any, _notices),
)
