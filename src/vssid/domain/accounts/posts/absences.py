"""Somebody is away from a day to a day; who deputises has the post meanwhile, and the work goes there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from vssid.domain.audit import actions as audit
from vssid.domain.casework import claims
from vssid.domain.casework.work import assignments
from vssid.infra.database.kept import Query, given
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours

from ..actions import find, login_of
from ..models.accounts import Account
from ..models.staff import Absence, Post
from . import giving
from .errors import AlreadyEnded, OwnPost
from .giving import Asked
from .posts import live

# Nights that a worker which stood still makes up for.
LOOKED_BACK = timedelta(days=31)
BACK = "back"  # the reason of a deputising post that ends with the absence


def on(day: Any) -> QuerySet[Absence]:
    """The absences that hold on a day."""
    return Absence.objects.filter(ended_at=None, from_on__lte=day, until_on__gte=day)


_AWAY = Query(
    lambda: on(given("day")).filter(account_id__any_of=given("members")).values_list("account_id", flat=True)
)


def record(
    person_id: int, from_on: date, until_on: date, *, deputy: str = "", by: Actor, now: datetime
) -> int:
    """Note an absence; `deputy` (a user name) does the posts that the administrator reaches meanwhile.

    What the member has in hand goes back to the queue. Raises NotYours, NotAllowed, or Invalid: from_on
    (overlaps), until_on (before_from, past), deputy (unknown, same, away).
    """
    if until_on < from_on or until_on < local_day(now):
        raise Invalid(until_on="before_from" if until_on < from_on else "past")
    with transaction.atomic():
        giving.lock(person_id)
        posts = _of(person_id, from_on, until_on).order_by("id")
        reached = [post for post in posts if giving.allows(by, post.office_id)]
        if not reached:
            raise NotYours
        if away(person_id, from_on, until_on).exists():
            raise Invalid(from_on="overlaps")
        absence = Absence.objects.create(
            account_id=person_id, from_on=from_on, until_on=until_on, made_at=now, made_by=by.id
        )
        audit.record(
            "staff.absence_noted",
            subject=person_id,
            by=by,
            now=now,
            facts={"absence": absence.id, "from": from_on.isoformat(), "until": until_on.isoformat()},
            office=reached[0].office_id,
        )
        if deputy.strip():
            for post in reached:
                _stand_in(post, deputy, from_on, until_on, by=by, now=now, absence=absence)
        if from_on <= local_day(now):
            _put_down(person_id, now)
    return absence.id


def deputise(
    post_id: int, deputy: str, from_on: date, until_on: date, *, by: Actor, now: datetime
) -> int | None:
    """Have another member do this post from a day to a day; the number of the new post, None when the
    deputy has the same anyway. Raises NotYours, NotAllowed, AlreadyEnded, OwnPost or Invalid.
    """
    today = local_day(now)
    if from_on < today or until_on < from_on:
        raise Invalid(**{"from_on": "past"} if from_on < today else {"until_on": "before_from"})
    with transaction.atomic():
        post = Post.objects.select_for_update().filter(id=post_id).first()
        if post is None:
            raise NotYours
        giving.require(by, post.office_id)
        if post.ended_at is not None or (post.until_on is not None and post.until_on < from_on):
            raise AlreadyEnded
        made = _stand_in(post, deputy, from_on, until_on, by=by, now=now)
    return made.id if made else None


def end(absence_id: int, *, by: Actor, now: datetime) -> None:
    """Back sooner: the absence ends, and so do the posts that others had for it. Raises NotYours,
    AlreadyEnded.
    """
    with transaction.atomic():
        row = Absence.objects.select_for_update().filter(id=absence_id).first()
        reached = row is not None and any(
            giving.allows(by, post.office_id) for post in _of(row.account_id, row.from_on, row.until_on)
        )
        if row is None or not reached:
            raise NotYours
        if row.ended_at is not None or row.until_on < local_day(now):
            raise AlreadyEnded
        Absence.objects.filter(id=row.id).update(ended_at=now, ended_by=by.id)
        audit.record("staff.absence_ended", subject=row.account_id, by=by, now=now, facts={"absence": row.id})
        standing_in = Post.objects.select_for_update().filter(absence=row, ended_at=None).order_by("id")
        giving.write_end(list(standing_in), why=BACK, by=by, now=now)


def begin(now: datetime) -> int:
    """What members who are away today still have: files in hand go back, those assigned to the deputy, or to
    nobody; and what is assigned to who has no post there any more. Twice is fine. Returns of how many.
    """
    today = local_day(now)
    gone = Absence.objects.filter(ended_at=None, from_on__lte=today, until_on__gte=today)
    members = sorted(set(gone.values_list("account_id", flat=True)))
    for person_id in members:
        with transaction.atomic():
            _put_down(person_id, now)
    return len(members) + _after_last_day(today)


def _after_last_day(today: date) -> int:
    """Posts whose last day is over, a deputy's too: their holders have nothing at that office any more."""
    over = Post.objects.filter(ended_at=None, until_on__lt=today, until_on__gte=today - LOOKED_BACK)
    left = 0
    for person_id, office in sorted(set(over.values_list("account_id", "office_id"))):
        if live(today).filter(account_id=person_id, office_id=office).exists():
            continue
        with transaction.atomic():
            left += bool(assignments.release_of(person_id, office) + claims.release_of(person_id))
    return left


def _put_down(person_id: int, now: datetime) -> None:
    """What the member has in hand and what is assigned to them is others' to do, at each office of a post."""
    claims.release_of(person_id)
    today = local_day(now)
    for post in _of(person_id, today, today).order_by("id"):
        deputy = live(today).filter(deputises_for=post).select_related("account").order_by("id").first()
        if deputy is None:
            assignments.release_of(person_id, post.office_id)
        else:
            to = (deputy.account_id, deputy.account.display_name)
            assignments.pass_on(person_id, post.office_id, to, now=now)


def away(person_id: int, from_on: date, until_on: date) -> QuerySet[Absence]:
    """The absences of a member that touch these days."""
    rows = Absence.objects.filter(account_id=person_id, ended_at=None)
    return rows.filter(from_on__lte=until_on, until_on__gte=from_on)


def away_among(person_ids: Collection[int], *, on: date) -> frozenset[int]:
    """Of these members those who are away on this day."""
    return frozenset(_AWAY.rows(members=list(person_ids), day=on))


def _stand_in(
    post: Post,
    deputy: str,
    from_on: date,
    until_on: date,
    *,
    by: Actor,
    now: datetime,
    absence: Absence | None = None,
) -> Post | None:
    account = _deputy(deputy, post, from_on, until_on)
    if account.person_id == by.id:
        raise OwnPost
    begins = max(from_on, post.from_on, local_day(now))
    ends = until_on if post.until_on is None else min(until_on, post.until_on)
    asked = Asked(post.office_id, post.role, begins, ends)
    role = giving.check(asked, by=by, now=now)
    if giving.overlapping(account.person_id, post.office_id, role, begins, ends).exists():
        return None
    return giving.add(account, asked, role, by=by, now=now, instead_of=post, absence=absence)


def _deputy(username: str, post: Post, from_on: date, until_on: date) -> Account:
    known = find(login_of(username), Account.STAFF)
    if known is None:
        raise Invalid(deputy="unknown")
    if known.person_id == post.account_id:
        raise Invalid(deputy="same")
    if away(known.person_id, from_on, until_on).exists():
        raise Invalid(deputy="away")
    return known


def _of(person_id: int, from_on: date, until_on: date) -> QuerySet[Post]:
    """The member's own posts that hold on one of these days."""
    rows = Post.objects.filter(account_id=person_id, ended_at=None, deputises_for=None, from_on__lte=until_on)
    return rows.exclude(until_on__lt=from_on)
