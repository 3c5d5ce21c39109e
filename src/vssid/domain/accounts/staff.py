"""Accounts of staff: opened and helped from the machine room, until an office does it itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.offices.rights import Role, role_of
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.errors import DomainError, Invalid

from .actions import find, insert, login_of
from .contacts import work_email
from .factors import resetting
from .models.accounts import Account
from .models.staff import Post
from .sign_in import passwords
from .user_names import check_user_name


class NoSuchStaff(DomainError):
    """No member of staff has this user name. Facts: `username`."""

    code = "no_such_staff"


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff and the post."""

    username: str
    name: str
    office_code: str
    role: str
    post_id: int
    from_on: date
    until_on: date | None
    last_sign_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A new member's number, and the activation code, which is kept nowhere."""

    person_id: int
    activation: str


def create(
    username: str,
    *,
    display_name: str,
    office_code: str,
    by: Actor,
    now: datetime,
    role: str = Role.REVIEWER,
    from_on: date | None = None,
    until_on: date | None = None,
    email: EmailAddress | None = None,
) -> Opened:
    """Give somebody an account of staff and a post (`role`: rights.Role), which begins today unless `from_on`
    says otherwise. The activation code opens it once, for settings.ACTIVATION_LIFE: the own password and a
    second factor are set with it. `email` waits for its code (`work_email`).

    Raises AlreadyHasAccount for a taken user name, Invalid for one that is none (letters, digits and . _ -,
    not digits alone, which a person signs in with) or an unknown role.
    """
    login = login_of(username)
    check_user_name(login)
    if (named := role_of(role)) is None:
        raise Invalid(role="bad_choice")
    activation = passwords.new_activation()
    with transaction.atomic():
        account = Account(
            person_id=vault.new_subject_id(),
            kind=Account.STAFF,
            login=login,
            display_name=display_name,
            password=passwords.hashed(activation),
            activation_expires_at=now + settings.ACTIVATION_LIFE,
            created_at=now,
        )
        insert(account, {account.login})
        begins = from_on or local_day(now)
        post = Post.objects.create(
            account=account,
            office_id=office_code,
            role=named,
            from_on=begins,
            until_on=until_on,
            made_at=now,
            made_by=by.id,
        )
        audit.record(
            "account.staff_created",
            subject=account.person_id,
            by=by,
            now=now,
            facts={"role": named.value, "given": post.id},
            office=office_code,
        )
        if email is not None:
            work_email.give(account.person_id, email, by=by, now=now)
    return Opened(account.person_id, activation)


def reset(username: str, *, by: Actor, now: datetime) -> str:
    """Mend a lock-out: returns a new activation code, shown once. The password before opens nothing more,
    every factor and recovery code is taken away, every session ends. Raises NoSuchStaff.
    """
    known = named(username)
    with transaction.atomic():
        account = Account.objects.select_for_update().get(person_id=known.person_id)
        return give_activation(account, by=by, now=now)


def named(username: str) -> Account:
    """The account of a user name, however it was typed. Raises NoSuchStaff."""
    login = login_of(username)
    if (known := find(login, Account.STAFF)) is None:
        raise NoSuchStaff(username=login)
    return known


def give_activation(account: Account, *, by: Actor, now: datetime) -> str:
    """What `reset` does, for an account that is locked, inside the caller's transaction."""
    activation, taken = resetting.reset(account, now=now)
    posts = Post.objects.filter(account=account, ended_at=None).order_by("from_on", "id")
    audit.record(
        "account.staff_reset",
        subject=account.person_id,
        by=by,
        now=now,
        facts={"factors": taken},
        office=by.office or posts.values_list("office_id", flat=True).first() or "",
    )
    return activation


def number_of(username: str) -> int:
    """The person id of a member of staff. Raises NoSuchStaff."""
    login = login_of(username)
    if (known := find(login, Account.STAFF)) is None:
        raise NoSuchStaff(username=login)
    return known.person_id


def members() -> list[Member]:
    """All staff, by office and user name; a line a post that was not ended."""
    posts = Post.objects.filter(ended_at=None).select_related("account")
    posts = posts.order_by("office_id", "account__login", "id")
    return [
        Member(
            post.account.login,
            post.account.display_name,
            post.office_id,
            post.role,
            post.id,
            post.from_on,
            post.until_on,
            post.account.last_sign_in_at,
        )
        for post in posts
    ]
