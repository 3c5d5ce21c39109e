"""Members of staff as their administrators see them; a new one, and who of the register one is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from vssid.domain.audit import actions as audit
from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.domain.participants import queries as participants
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.ids import BadCode, BhxhCode
from vssid.kernel.text import fold, tidy

from .. import staff
from ..contacts import work_email
from ..contacts.work_email import WorkEmail
from ..models.accounts import Account
from ..models.staff import Absence, Post, StaffPerson
from . import giving
from .giving import Asked

LONGEST = 120


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post in a list. `state`: holds, later, over (its last day) or ended (by somebody)."""

    id: int
    role: str
    office_code: str
    office_name: str
    from_on: date
    until_on: date | None
    state: str
    ended_at: datetime | None
    ended_why: str
    for_whom: str
    manageable: bool
    phone: str = ""


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """An absence that is not over, and who stands in."""

    id: int
    from_on: date
    until_on: date
    deputies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member of staff with posts and absences. `knows_person`: a BHXH code was given."""

    person_id: int
    username: str
    name: str
    created_at: datetime
    last_sign_in_at: datetime | None
    must_set_password: bool
    knows_person: bool
    email: WorkEmail
    posts: tuple[PostLine, ...]
    absences: tuple[AbsenceLine, ...]

    @property
    def has_post(self) -> bool:
        """Is any post not ended?"""
        return any(post.state in ("holds", "later") for post in self.posts)


def listing(by: Actor, *, over: bool, on: date, office: str = "", asked: str = "") -> QuerySet[Post]:
    """The posts in reach that are not over, or those that are; by office and name."""
    gone = Q(ended_at__isnull=False) | Q(until_on__lt=on)
    rows = Post.objects.filter(policy.within(by, Right.SEE_STAFF)).select_related(
        "account", "office", "deputises_for__account"
    )
    rows = rows.filter(gone) if over else rows.exclude(gone)
    if office:
        rows = rows.filter(office_id=office)
    if asked := tidy(asked):
        rows = rows.filter(
            Q(account__display_name__icontains=asked) | Q(account__login__icontains=fold(asked))
        )
    return rows.order_by("office_id", "account__display_name", "account_id", "id")


def member(person_id: int, *, by: Actor, now: datetime) -> MemberView:
    """A member who has, or last had, a post in reach. Raises NotYours."""
    on = local_day(now)
    account = Account.objects.filter(person_id=person_id, kind=Account.STAFF).first()
    in_reach = Post.objects.filter(policy.within(by, Right.SEE_STAFF), account_id=person_id)
    if account is None or not in_reach.exists():
        raise NotYours
    rows = Post.objects.filter(account=account).select_related("account", "office", "deputises_for__account")
    return MemberView(
        person_id=person_id,
        username=account.login,
        name=account.display_name,
        created_at=account.created_at,
        last_sign_in_at=account.last_sign_in_at,
        must_set_password=account.must_set_password,
        knows_person=StaffPerson.objects.filter(account=account).exists(),
        email=work_email.of(person_id, now=now),
        posts=tuple(line_of(row, on, by) for row in rows.order_by("-from_on", "-id")),
        absences=tuple(_absences(account, on)),
    )


def line_of(row: Post, on: date, by: Actor) -> PostLine:
    """A post as lists show it on a day."""
    return PostLine(
        id=row.id,
        role=row.role,
        office_code=row.office_id,
        office_name=row.office.name,
        from_on=row.from_on,
        until_on=row.until_on,
        state=_state(row, on),
        ended_at=row.ended_at,
        ended_why=row.ended_why,
        for_whom=row.deputises_for.account.display_name if row.deputises_for else "",
        manageable=giving.allows(by, row.office_id),
        phone=row.phone,
    )


def _state(row: Post, on: date) -> str:
    if row.ended_at is not None:
        return "ended"
    if row.until_on is not None and row.until_on < on:
        return "over"
    return "later" if row.from_on > on else "holds"


def _absences(account: Account, on: date) -> list[AbsenceLine]:
    rows = Absence.objects.filter(account=account, ended_at=None, until_on__gte=on).order_by("from_on")
    lines = []
    for row in rows:
        standing_in = Post.objects.filter(absence=row, ended_at=None).order_by("account__display_name")
        names = standing_in.values_list("account__display_name", flat=True)
        lines.append(AbsenceLine(row.id, row.from_on, row.until_on, tuple(dict.fromkeys(names))))
    return lines


def open_member(
    username: str,
    *,
    name: str,
    asked: Asked,
    bhxh_code: str = "",
    email: str = "",
    by: Actor,
    now: datetime,
) -> staff.Opened:
    """A new member with a first post; the activation code is shown once and kept nowhere.

    Raises Invalid (username, name, office, role, from_on, until_on, bhxh_code, email),
    AlreadyHasAccount or NotAllowed.
    """
    role, name = giving.check(asked, by=by, now=now), tidy(name)
    if not name or len(name) > LONGEST:
        raise Invalid(name="too_long" if name else "required")
    person_id, address = _person(bhxh_code), work_email.read(email)
    with transaction.atomic():
        opened = staff.create(
            username,
            display_name=name,
            office_code=asked.office_code,
            by=by,
            now=now,
            role=role,
            from_on=asked.from_on,
            until_on=asked.until_on,
            email=address,
        )
        if person_id is not None:
            _be(opened.person_id, person_id, by=by, now=now)
    return opened


def be_person(member_id: int, bhxh_code: str, *, by: Actor, now: datetime) -> None:
    """Note who of the register a member is, so that nobody decides on their own files.

    Raises NotYours, NotAllowed or Invalid(bhxh_code=required | bad_code | unknown_code).
    """
    person_id = _person(bhxh_code)
    if person_id is None:
        raise Invalid(bhxh_code="required")
    with transaction.atomic():
        giving.lock(member_id)
        offices = Post.objects.filter(account_id=member_id).values_list("office_id", flat=True)
        if not any(giving.allows(by, office) for office in set(offices)):
            raise NotYours
        _be(member_id, person_id, by=by, now=now)


def person_of(member_id: int | None) -> int | None:
    """Who of the register a member of staff is; None while nobody said."""
    rows = StaffPerson.objects.filter(account_id=member_id or 0)
    return rows.values_list("person_id", flat=True).first()


def _be(member_id: int, person_id: int, *, by: Actor, now: datetime) -> None:
    StaffPerson.objects.update_or_create(account_id=member_id, defaults={"person_id": person_id})
    audit.record("staff.person_noted", subject=member_id, by=by, now=now)


def _person(bhxh_code: str) -> int | None:
    if not bhxh_code.strip():
        return None
    try:
        person = participants.by_bhxh_code(BhxhCode.parse(bhxh_code))
    except BadCode:
        raise Invalid(bhxh_code="bad_code") from None
    if person is None:
        raise Invalid(bhxh_code="unknown_code")
    return person.person_id
