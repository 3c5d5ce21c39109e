"""Give and end posts. Who may is asked of the table of rights; the machine room (SYSTEM) may everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from vssid.domain.audit import actions as audit
from vssid.domain.casework import claims
from vssid.domain.casework.work import assignments
from vssid.domain.offices import policy
from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import RIGHTS, Reach, Right, Role, reach_of, role_of
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.text import digits, tidy

from ..contacts import work_email
from ..models.accounts import Account
from ..models.staff import WHY_LENGTH, Absence, Post
from ..sign_in import sessions
from .errors import AlreadyEnded, LastAdministrator, OutOfReach, OwnPost
from .posts import live

# As people write the number of a desk, also with an extension: `0225 000 0101 (12)`.
_PHONE = re.compile(r"[0-9+][0-9 .()+-]{5,39}", re.ASCII)
LEAST_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """A post as it is asked for: the office's code, the role, the first and the last day."""

    office_code: str
    role: str
    from_on: date
    until_on: date | None = None


def check(asked: Asked, *, by: Actor, now: datetime) -> Role:
    """The role of a post that may be given. Raises Invalid(office, role, from_on, until_on) or NotAllowed."""
    wrong, role, today = {}, role_of(asked.role), local_day(now)
    if role is None:
        wrong["role"] = "bad_choice"
    if not offices.exists(asked.office_code):
        wrong["office"] = "bad_choice"
    if asked.from_on < today:
        wrong["from_on"] = "past"
    if asked.until_on is not None and asked.until_on < max(asked.from_on, today):
        wrong["until_on"] = "before_from"
    if wrong or role is None:
        raise Invalid(**wrong)
    require(by, asked.office_code)
    if not _reaches(by, role):
        raise policy.NotAllowed(right=Right.MANAGE_STAFF)
    return role


def give(person_id: int, asked: Asked, *, by: Actor, now: datetime) -> int:
    """Give a member of staff a post; its number.

    Raises NotYours for who is none, Invalid (also role=already while the same is held), NotAllowed, OwnPost.
    """
    role = check(asked, by=by, now=now)
    if by.id == person_id:
        raise OwnPost
    with transaction.atomic():
        account = lock(person_id)
        if overlapping(person_id, asked.office_code, role, asked.from_on, asked.until_on).exists():
            raise Invalid(role="already")
        return add(account, asked, role, by=by, now=now).id


def add(
    account: Account,
    asked: Asked,
    role: Role,
    *,
    by: Actor,
    now: datetime,
    instead_of: Post | None = None,
    absence: Absence | None = None,
) -> Post:
    """Write a checked post, with its event, in the caller's transaction."""
    post = Post.objects.create(
        account=account,
        office_id=asked.office_code,
        role=role,
        from_on=asked.from_on,
        until_on=asked.until_on,
        deputises_for=instead_of,
        absence=absence,
        made_at=now,
        made_by=by.id,
    )
    facts = {"given": post.id, "role": role.value} | ({"instead_of": instead_of.id} if instead_of else {})
    audit.record(
        "staff.post_given", subject=account.person_id, by=by, now=now, facts=facts, office=asked.office_code
    )
    return post


def set_phone(post_id: int, typed: str, *, of: int, by: Actor, now: datetime) -> None:
    """The phone of the desk where this post of a member is reached; nothing typed: only the office's.

    Raises NotYours, NotAllowed, AlreadyEnded, OwnPost or Invalid(phone=bad_phone).
    """
    phone = tidy(typed)
    if phone and not (_PHONE.fullmatch(phone) and len(digits(phone)) >= LEAST_DIGITS):
        raise Invalid(phone="bad_phone")
    with transaction.atomic():
        row = Post.objects.select_for_update().filter(id=post_id, account_id=of).first()
        if row is None:
            raise NotYours
        require(by, row.office_id)
        if row.ended_at is not None:
            raise AlreadyEnded
        if by.id == row.account_id:
            raise OwnPost
        if row.phone == phone:
            return
        Post.objects.filter(id=row.id).update(phone=phone)
        facts = {"post": row.id}
        audit.record(
            "staff.post_phone", subject=row.account_id, by=by, now=now, facts=facts, office=row.office_id
        )


def end(post_id: int, *, of: int | None = None, why: str, by: Actor, now: datetime) -> None:
    """End one post (`of`: of this member); the files its holder had in hand go back to the queue.

    Raises NotYours, NotAllowed, AlreadyEnded, OwnPost, LastAdministrator or Invalid(why=…).
    """
    why = read_why(why)
    with transaction.atomic():
        row = Post.objects.select_for_update().filter(id=post_id).first()
        if row is None or of not in (None, row.account_id):
            raise NotYours
        require(by, row.office_id)
        if row.ended_at is not None:
            raise AlreadyEnded
        _end([row], why=why, by=by, now=now)


def end_member(person_id: int, *, why: str, by: Actor, now: datetime) -> None:
    """End all posts of a member of staff, and every session at once.

    Raises NotYours, AlreadyEnded without a post left, OutOfReach, OwnPost, LastAdministrator, Invalid(why=…).
    """
    why = read_why(why)
    with transaction.atomic():
        account = lock(person_id)
        rows = list(Post.objects.select_for_update().filter(account=account, ended_at=None).order_by("id"))
        if not rows:
            raise AlreadyEnded
        beyond = {row.office_id for row in rows if not allows(by, row.office_id)}
        if len(beyond) == len({row.office_id for row in rows}):
            raise NotYours
        if beyond:
            raise OutOfReach(offices=tuple(sorted(beyond)))
        _end(rows, why=why, by=by, now=now)
        sessions.end_all(person_id)
        audit.record("staff.member_ended", subject=person_id, by=by, now=now)


def require(by: Actor, office_code: str) -> None:
    """Raises NotAllowed for who does not manage the staff of this office."""
    if not allows(by, office_code):
        raise policy.NotAllowed(right=Right.MANAGE_STAFF)


def allows(by: Actor, office_code: str) -> bool:
    """Does the actor manage the staff of this office?"""
    return by.kind is ActorKind.SYSTEM or policy.allows(by, Right.MANAGE_STAFF, office_code)


def lock(person_id: int) -> Account:
    """The account of a member of staff, locked. Raises NotYours."""
    rows = Account.objects.select_for_update().filter(person_id=person_id, kind=Account.STAFF)
    if (account := rows.first()) is None:
        raise NotYours
    return account


def overlapping(
    person_id: int, office_code: str, role: str, from_on: date, until_on: date | None
) -> QuerySet[Post]:
    """The member's posts of this role at this office that hold on one of these days."""
    rows = Post.objects.filter(account_id=person_id, office_id=office_code, role=role, ended_at=None)
    rows = rows.filter(Q(until_on=None) | Q(until_on__gte=from_on))
    return rows if until_on is None else rows.filter(from_on__lte=until_on)


def read_why(text: str) -> str:
    """A reason, clean. Raises Invalid(why=required | too_long)."""
    text = tidy(text)
    if not text:
        raise Invalid(why="required")
    if len(text) > WHY_LENGTH:
        raise Invalid(why="too_long")
    return text


def _reaches(by: Actor, role: Role) -> bool:
    """Whatever of the role goes over the whole country, the giver has as well."""
    wide = {row.right for row in RIGHTS if row.role == role and row.reach is Reach.COUNTRY}
    return by.kind is ActorKind.SYSTEM or all(reach_of(by.role, right) is Reach.COUNTRY for right in wide)


def _end(rows: list[Post], *, why: str, by: Actor, now: datetime) -> None:
    _guard_administrators(rows, by=by, now=now)
    # Who stands in for a post that is gone stands in for nobody.
    deputies = Post.objects.filter(deputises_for__in=rows, ended_at=None).exclude(
        id__in=[row.id for row in rows]
    )
    write_end([*rows, *deputies.select_for_update().order_by("id")], why=why, by=by, now=now)


def write_end(rows: Iterable[Post], *, why: str, by: Actor, now: datetime) -> None:
    """End these posts in the caller's transaction: rows, events, files in hand; without a post sessions and
    the work e-mail."""
    for row in rows:
        Post.objects.filter(id=row.id).update(ended_at=now, ended_by=by.id, ended_why=why)
        facts = {"ended": row.id, "role": row.role}
        audit.record(
            "staff.post_ended", subject=row.account_id, by=by, now=now, facts=facts, office=row.office_id
        )
        claims.release_of(row.account_id)
        assignments.release_of(row.account_id, row.office_id)
        if not live(local_day(now)).filter(account_id=row.account_id).exists():
            sessions.end_all(row.account_id)
        work_email.end_without_post(row.account_id, by=by, now=now)


def _guard_administrators(rows: list[Post], *, by: Actor, now: datetime) -> None:
    """Raises OwnPost or LastAdministrator."""
    going = {row.id for row in rows}
    if not any(row.role == Role.ADMINISTRATOR for row in rows):
        return
    # Locked, all of them: two administrators who end each other at once must not both succeed.
    holding = live(local_day(now)).filter(role=Role.ADMINISTRATOR).select_for_update(of=("self",))
    there = list(holding.select_related("office").order_by("id"))
    left = [post for post in there if post.id not in going]
    own = by.id is not None and any(row.account_id == by.id for row in rows)
    if own and not any(post.account_id == by.id for post in left):
        raise OwnPost
    # At the head of the tree somebody stays who was not only asked to stand in.
    ends_at_top = any(post.id in going and post.office.parent_id is None for post in there)
    stays = any(post.office.parent_id is None and post.deputises_for_id is None for post in left)
    if ends_at_top and not stays:
        raise LastAdministrator
