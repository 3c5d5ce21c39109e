"""An employer's administrator brings colleagues in, and helps one who is locked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from vssid.domain.accounts import employer_people
from vssid.domain.accounts.models.accounts import Account
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.text import fold, tidy

from ..models.seats import Seat
from . import actions, queries
from .errors import NoSeat, OwnAccount, SitsElsewhere
from .roles import Act

NAME_LENGTH = 120
# What stands in the list of an employer as why a seat ended.
CHANGED = "Đổi vai trò"


@dataclass(frozen=True, slots=True)
class Brought:
    """Who was brought in or let in anew. `activation`, kept nowhere; "" for who has an account already."""

    person_id: int
    name: str
    username: str
    activation: str


def add(username: str, *, name: str, role: str, employer_code: str, by: Actor, now: datetime) -> Brought:
    """Open an account for a colleague, with a seat from today.

    Raises AlreadyHasAccount for a taken user name, Invalid (name, username, role), and as `actions.give`.
    """
    name = read_name(name)
    with transaction.atomic():
        opened = employer_people.create(username, display_name=name, by=by, now=now)
        actions.give(opened.person_id, employer_code, role, by=by, now=now)
    login = Account.objects.get(person_id=opened.person_id).login
    return Brought(opened.person_id, name, login, opened.activation)


def add_known(
    username: str, *, name: str, role: str, employer_code: str, by: Actor, now: datetime
) -> Brought:
    """Give a seat to somebody who has an account, of another employer's.

    Both the user name and the name must be theirs: neither a slip of the pen lets a stranger in, nor does
    anybody learn who else has an account. Raises Invalid(username=nobody), and as `actions.give`.
    """
    person_id = employer_people.number_of(username)
    account = Account.objects.filter(person_id=person_id or 0).first()
    if account is None or fold(account.display_name) != fold(tidy(name)):
        raise Invalid(username="nobody")
    actions.give(account.person_id, employer_code, role, by=by, now=now)
    return Brought(account.person_id, account.display_name, account.login, "")


def change_role(seat_id: int, role: str, *, employer_code: str, by: Actor, now: datetime) -> int:
    """A colleague goes on in another role, from today: the seat of before ends; the number of the new one.

    The colleague is signed out: no page of before is left open. Raises OwnAccount for one's own, and as
    `actions.end` and `actions.give`; Invalid(role=same) for the role held.
    """
    with transaction.atomic():
        row = Seat.objects.select_for_update().filter(employer_id=employer_code, id=seat_id).first()
        if row is None:
            raise NotYours
        if row.account_id == by.id:
            raise OwnAccount
        if row.role == role and row.ended_at is None:
            raise Invalid(role="same")
        actions.end(seat_id, employer_code, why=CHANGED, by=by, now=now)
        return actions.give(row.account_id, employer_code, role, by=by, now=now)


def renew(person_id: int, *, employer_code: str, by: Actor, now: datetime) -> Brought:
    """A colleague is locked out: a new activation code; password, factors and sessions of before end.

    Raises NoSeat, NotYours, OwnAccount, and SitsElsewhere where the account opens an employer that `by` does
    not administer: its office helps then.
    """
    on = local_day(now)
    if not queries.has(by, employer_code, Act.ADMINISTER, on=on):
        raise NoSeat(act=Act.ADMINISTER)
    held = Seat.objects.filter(account_id=person_id, ended_at=None).values_list("employer_id", flat=True)
    if employer_code not in held:
        raise NotYours
    if by.id == person_id:
        raise OwnAccount
    if not all(queries.has(by, code, Act.ADMINISTER, on=on) for code in held):
        raise SitsElsewhere
    account = Account.objects.get(person_id=person_id)
    activation = employer_people.give_activation(person_id, by=by, now=now)
    return Brought(person_id, account.display_name, account.login, activation)


def read_name(typed: str) -> str:
    """A name, clean. Raises Invalid(name=required | too_long)."""
    name = tidy(typed)
    if not name:
        raise Invalid(name="required")
    if len(name) > NAME_LENGTH:
        raise Invalid(name="too_long")
    return name
