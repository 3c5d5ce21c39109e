"""Posts as they hold on a day, and in which of them somebody acts."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from vssid.domain.audit import actions as audit
from vssid.infra.database.kept import Query, given
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours

from ..models.accounts import Session
from ..models.staff import Post


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post that its holder may choose. `for_whom`: whose work it does, empty for an own one."""

    id: int
    role: str
    office_code: str
    office_name: str
    until_on: date | None
    for_whom: str


def live(on: date) -> QuerySet[Post]:
    """The posts that hold on a day: begun, not over, not ended."""
    begun = Post.objects.filter(ended_at=None, from_on__lte=on)
    return begun.filter(Q(until_on=None) | Q(until_on__gte=on))


def held_by(person_id: int, *, on: date) -> list[HeldPost]:
    """The posts of a member of staff that hold on a day, the first first."""
    return [
        HeldPost(
            row.id,
            row.role,
            row.office_id,
            row.office.name,
            row.until_on,
            row.deputises_for.account.display_name if row.deputises_for else "",
        )
        for row in _HELD_BY.rows(person=person_id, day=on)
    ]


_HELD_BY = Query(
    lambda: (
        live(given("day"))
        .filter(account_id=given("person"))
        .select_related("office", "deputises_for__account")
        .order_by("from_on", "id")
    )
)


def offices_ever(person_id: int) -> frozenset[str]:
    """The offices at which a member of staff has or had a post."""
    return frozenset(Post.objects.filter(account_id=person_id).values_list("office_id", flat=True))


def choose(post_id: int, *, session_id: uuid.UUID, by: Actor, now: datetime) -> None:
    """From now on the session acts in this post, and the next session begins in it. Raises NotYours."""
    with transaction.atomic():
        row = live(local_day(now)).filter(account_id=by.id or 0, id=post_id).first()
        if row is None:
            raise NotYours
        Session.objects.filter(person_id=row.account_id, id=session_id).update(post_id=row.id)
        Post.objects.filter(id=row.id).update(chosen_at=now)
        facts = {"to": row.id, "role": row.role}
        audit.record(
            "staff.post_chosen", subject=row.account_id, by=by, now=now, facts=facts, office=row.office_id
        )
