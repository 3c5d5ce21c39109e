"""Accounts of staff: opened and helped from the machine room, until an office does it itself."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import Actor
from vssid.kernel.errors import DomainError, Invalid

from .actions import find, insert, login_of
from .models.accounts import Account, Post
from .sign_in import passwords, sessions

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
_GROUPS, _GROUP = 4, 5


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
    last_sign_in_at: datetime | None


def new_password() -> str:
    """A random password to be given to somebody (84 bits), in letters that no input method changes."""
    letters = passwords.ALPHABET.lower()
    return "-".join("".join(secrets.choice(letters) for _ in range(_GROUP)) for _ in range(_GROUPS))


def create(
    username: str,
    *,
    display_name: str,
    office_code: str,
    password: str,
    by: Actor,
    now: datetime,
    role: str = Post.OFFICER,
) -> int:
    """Give an officer an account and a post (`role`: Post.ROLES); returns the person id.

    Raises AlreadyHasAccount for a taken user name, Invalid for one that is none (letters, digits and . _ -,
    not digits alone, which a person signs in with), a weak password or an unknown role.
    """
    login = login_of(username)
    if not _NAME.fullmatch(login) or login.isdigit():
        raise Invalid(username="bad_username")
    if role not in Post.ROLES:
        raise Invalid(role="bad_choice")
    passwords.check_own(password, login=login)
    with transaction.atomic():
        account = Account(
            person_id=vault.new_subject_id(),
            kind=Account.STAFF,
            login=login,
            display_name=display_name,
            password=passwords.hashed(password),
            created_at=now,
        )
        insert(account, {account.login})
        Post.objects.create(account=account, office_id=office_code, role=role)
        audit.record(
            "account.staff_created",
            subject=account.person_id,
            by=by,
            now=now,
            facts={"role": role},
            office=office_code,
        )
    return account.person_id


def reset_password(username: str, *, password: str, by: Actor, now: datetime) -> None:
    """Another password for a member of staff; every session ends. Raises NoSuchStaff, Invalid."""
    login = login_of(username)
    passwords.check_own(password, login=login)
    with transaction.atomic():
        if (known := find(login, Account.STAFF)) is None:
            raise NoSuchStaff(username=login)
        account = Account.objects.select_for_update().get(person_id=known.person_id)
        account.password = passwords.hashed(password)
        account.save(update_fields=["password"])
        sessions.end_all(account.person_id)
        office = Post.objects.values_list("office_id", flat=True).get(account=account)
        audit.record("account.staff_password_reset", subject=account.person_id, by=by, now=now, office=office)


def members() -> list[Member]:
    """All staff, by office and user name."""
    posts = Post.objects.select_related("account").order_by("office_id", "account__login")
    return [
        Member(
            post.account.login,
            post.account.display_name,
            post.office_id,
            post.role,
            post.account.last_sign_in_at,
        )
        for post in posts
    ]
