"""Destroying keys: at once nobody can use one, and for a day an operator can take it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from .models import ErasedKey, SubjectKey

# By the database's clock, here and in `destroy_due`.
WAIT = timedelta(days=1)
_PUT_AWAY = """
WITH gone AS (DELETE FROM vault_subject_key WHERE subject_id = ANY(%s) RETURNING *)
INSERT INTO vault_erased_key (subject_id, wrapped, master_key_id, created_at, erased_at)
SELECT subject_id, wrapped, master_key_id, created_at, clock_timestamp() FROM gone
"""
_DESTROY = """
DELETE FROM vault_erased_key WHERE id IN
    (SELECT id FROM vault_erased_key WHERE erased_at < clock_timestamp() - make_interval(secs => %s)
    ORDER BY erased_at LIMIT %s)
"""


@dataclass(frozen=True)
class Waiting:
    """A key that waits to be destroyed."""

    subject_id: int
    erased_at: datetime
    destroyed_at: datetime
    is_replaced: bool  # the subject has a new key, so this one cannot be taken back


def put_away(subject_ids: Sequence[int]) -> int:
    """Take the keys of these subjects out of use; returns how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(_PUT_AWAY, [list(subject_ids)])
        return int(cursor.rowcount)


def destroy_due(*, at_once: int = 10_000) -> int:
    """Destroy for good what has waited for a day; returns how many."""
    done = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_DESTROY, [WAIT.total_seconds(), at_once])
            gone = int(cursor.rowcount)
            done += gone
            if gone < at_once:
                return done


def waiting(*, since: datetime | None = None) -> Iterator[Waiting]:
    """The keys that wait, or those put away since the moment, oldest first."""
    newer = SubjectKey.objects.filter(subject_id=OuterRef("subject_id")).values("subject_id")
    rows = ErasedKey.objects.annotate(newer=Subquery(newer)).order_by("erased_at", "id")
    for row in rows.filter(erased_at__gte=since) if since else rows:
        yield Waiting(row.subject_id, row.erased_at, row.erased_at + WAIT, row.newer is not None)


def can_come_back(subject_ids: Iterable[int]) -> set[int]:
    """Those of the subjects whose key waits to be destroyed."""
    return set(
        ErasedKey.objects.filter(subject_id__in=list(subject_ids)).values_list("subject_id", flat=True)
    )


def take_back(subject_id: int) -> bool:
    """Give a subject its key again; False when none waits, or when the subject has a new one."""
    with transaction.atomic():
        row = ErasedKey.objects.select_for_update().filter(subject_id=subject_id).order_by("-id").first()
        if row is None:
            return False
        made = SubjectKey.objects.bulk_create(
            [
                SubjectKey(
                    subject_id=subject_id,
                    wrapped=row.wrapped,
                    master_key_id=row.master_key_id,
                    created_at=row.created_at,
                )
            ],
            ignore_conflicts=True,
        )
        stored = SubjectKey.objects.get(subject_id=made[0].subject_id)
        if bytes(stored.wrapped) != bytes(row.wrapped):
            return False
        row.delete()
    return True
