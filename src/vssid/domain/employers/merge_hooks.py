"""What a merged person said to employers that invite, the invitations, and what employers gave of the person
go to the person who is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection

from vssid.domain.participants.merges.merge_hooks import MergeHook
from vssid.domain.vault.reassign import give
from vssid.domain.vault.sealing import Erased

from .models.days import Booking
from .models.invitations import Invitation, Invitee
from .models.own_file import Given
from .own_file import taking

# Who said stop, "not me" or hide as either of the two has said it; each came as far as the further of them.
# A few rows of one person, by the index of the key.
_SAID = """
INSERT INTO employers_invitee AS kept
  (person_id, employer_code, step, invited_at, told_at, started_at, draft_id, stopped_at, not_me_at,
   hides)
SELECT %(kept)s, employer_code, step, invited_at, told_at, started_at, draft_id, stopped_at, not_me_at,
  hides
FROM employers_invitee WHERE person_id = %(merged)s
ON CONFLICT (person_id, employer_code) DO UPDATE SET
  step = greatest(kept.step, excluded.step),
  invited_at = greatest(kept.invited_at, excluded.invited_at),
  told_at = greatest(kept.told_at, excluded.told_at),
  started_at = least(kept.started_at, excluded.started_at),
  draft_id = coalesce(kept.draft_id, excluded.draft_id),
  stopped_at = coalesce(kept.stopped_at, excluded.stopped_at),
  not_me_at = coalesce(kept.not_me_at, excluded.not_me_at),
  hides = kept.hides OR excluded.hides
"""


def _left(merged: Sequence[int]) -> Iterable[int | None]:
    said = Invitee.objects.filter(person_id__in=merged).values_list("person_id", flat=True)
    return [*said, *Invitation.objects.filter(person_id__in=merged).values_list("person_id", flat=True)]


def _follow(merged_id: int, kept_id: int, _now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SAID, {"merged": merged_id, "kept": kept_id})
    Invitee.objects.filter(person_id=merged_id).delete()
    Invitation.objects.filter(person_id=merged_id).update(person_id=kept_id)


def _booked(merged: Sequence[int]) -> Iterable[int | None]:
    return Booking.objects.filter(person_id__in=merged).values_list("person_id", flat=True)


def _move_bookings(merged_id: int, kept_id: int, now: datetime) -> None:
    """The times of the merged person are the kept one's; of two open ones at a day the own one holds."""
    kept = Booking.objects.filter(person_id=kept_id, cancelled_at=None)
    twice = Booking.objects.filter(person_id=merged_id, cancelled_at=None, day__in=kept.values("day"))
    twice.update(cancelled_at=now)
    Booking.objects.filter(person_id=merged_id).update(person_id=kept_id)


def _given(merged: Sequence[int]) -> Iterable[int]:
    return Given.objects.filter(person_id__in=merged).values_list("person_id", flat=True)


def _give(merged_id: int, kept_id: int, _now: datetime) -> None:
    """Of an employer that gave of both, what it gave last counts."""
    both = Given.objects.select_for_update().filter(person_id__in=(merged_id, kept_id))
    last = {row.employer_code: row.person_id for row in both.order_by("given_at", "person_id")}
    for employer, person_id in last.items():
        other = kept_id if person_id == merged_id else merged_id
        Given.objects.filter(person_id=other, employer_code=employer).delete()
    try:
        give(Given, merged_id, kept_id, sealed={"sealed": taking.GIVEN}, row_of=taking.row_of)
    except Erased:
        Given.objects.filter(person_id=merged_id).delete()


MERGE_HOOKS = (
    MergeHook("invitations", _left, _follow),
    MergeHook("registration_days", _booked, _move_bookings),
    MergeHook("given", _given, _give),
)
