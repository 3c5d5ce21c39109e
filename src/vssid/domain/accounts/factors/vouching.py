"""A new factor for who lost every other, with another administrator's word.

The member asks after the password, in one browser, and reads out a number; the administrator sees the same
number beside the name, and says yes to that asking alone. The word is good once, in that browser, and takes
away every factor from before: the phone that is lost may lie in somebody's hand.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from vssid.domain.audit import actions as audit
from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.domain.verification import limits
from vssid.kernel.actor import Actor, person
from vssid.kernel.errors import NotYours
from vssid.kernel.text import tidy

from .. import staff
from ..models.accounts import Account
from ..models.factors import AuthenticatorApp, FactorRequest
from ..models.staff import Post
from ..sign_in import passkeys
from . import recovery_codes
from .errors import OwnWord, WordOver

LIFE = timedelta(hours=24)
MOST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """An asking as an administrator sees it."""

    person_id: int
    id: UUID
    name: str
    username: str
    device: str
    number: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class State:
    """An asking as the browser sees it that asked."""

    number: str
    expires_at: datetime
    answered_at: datetime | None
    granted: bool


@dataclass(frozen=True, slots=True)
class Reset:
    """Whose lock-out was mended, and the activation code, which is kept nowhere."""

    name: str
    username: str
    activation: str


def may_vouch(by: Actor, person_id: int) -> bool:
    """Another administrator, in whose reach every post of the member lies: else who may manage one small
    office could let somebody into a province.
    """
    if by.id == person_id:
        return False
    posts = Post.objects.filter(account_id=person_id, ended_at=None)
    return posts.exists() and not posts.exclude(policy.within(by, Right.MANAGE_STAFF)).exists()


def ask(person_id: int, *, browser: str, device: str, now: datetime) -> str:
    """Ask from this browser, which has just proved the password; returns the number to read out.

    Asked again from the same browser it is the same asking. Raises Limited.
    """
    open_one = _of_browser(person_id, browser, now).filter(answered_at=None).first()
    if open_one is not None:
        return open_one.number
    limits.hit("factor_word", str(person_id), now=now)
    number = f"{secrets.randbelow(10**4):04d}"
    with transaction.atomic():
        FactorRequest.objects.create(
            person_id=person_id,
            id=uuid4(),
            browser_hash=_hash(browser),
            device=tidy(device)[:80],
            number=number,
            asked_at=now,
            expires_at=now + LIFE,
        )
        audit.record("account.factor_asked", subject=person_id, by=person(person_id), now=now)
    return number


def of_browser(browser: str, *, now: datetime) -> State | None:
    """The newest asking of this browser that is not over."""
    rows = FactorRequest.objects.filter(browser_hash=_hash(browser), expires_at__gt=now)
    row = rows.order_by("-asked_at").first()
    return State(row.number, row.expires_at, row.answered_at, row.granted) if row else None


def waiting(by: Actor, *, now: datetime) -> list[Asked]:
    """Askings that `by` may answer, oldest first."""
    rows = FactorRequest.objects.filter(answered_at=None, expires_at__gt=now).order_by("asked_at")[:MOST]
    accounts = Account.objects.in_bulk({row.person_id for row in rows})
    return [
        Asked(
            row.person_id,
            row.id,
            accounts[row.person_id].display_name,
            accounts[row.person_id].login,
            row.device,
            row.number,
            row.asked_at,
        )
        for row in rows
        if row.person_id in accounts and may_vouch(by, row.person_id)
    ]


def answer(person_id: int, request_id: UUID, *, granted: bool, by: Actor, now: datetime) -> None:
    """Give the word, or refuse it. Other askings of the member end with the word.

    Raises OwnWord, NotYours for who may not vouch, WordOver when it was answered or is too old.
    """
    _require(by, person_id)
    with transaction.atomic():
        rows = FactorRequest.objects.filter(person_id=person_id, answered_at=None)
        # Of two administrators who answer at once the first counts.
        if not rows.filter(id=request_id, expires_at__gt=now).update(
            answered_at=now, answered_by=by.id, granted=granted
        ):
            raise WordOver
        if granted:
            rows.update(answered_at=now, answered_by=by.id)
        event = "account.factor_vouched" if granted else "account.factor_word_refused"
        audit.record(event, subject=person_id, by=by, now=now)


def reset(username: str, *, by: Actor, now: datetime) -> Reset:
    """Everything is lost: a new activation code; password, factors, sessions and askings end.

    Raises staff.NoSuchStaff, OwnWord, NotYours for who may not vouch.
    """
    account = staff.named(username)
    _require(by, account.person_id)
    with transaction.atomic():
        account = Account.objects.select_for_update().get(person_id=account.person_id)
        activation = staff.give_activation(account, by=by, now=now)
        rows = FactorRequest.objects.filter(person_id=account.person_id, used_at=None)
        rows.filter(answered_at=None).update(answered_at=now, answered_by=by.id)
        rows.filter(granted=True).update(expires_at=now)
    return Reset(account.display_name, account.login, activation)


def _require(by: Actor, person_id: int) -> None:
    if by.id == person_id:
        raise OwnWord
    if not may_vouch(by, person_id):
        raise NotYours


def take_up(person_id: int, *, browser: str, session_id: UUID, now: datetime) -> bool:
    """The browser that asked has signed in by the password: its session may add a factor, if the word was
    given. Was it?
    """
    rows = _of_browser(person_id, browser, now).filter(granted=True, used_at=None)
    return rows.update(session_id=session_id) > 0


def is_given(person_id: int, *, browser: str, now: datetime) -> bool:
    """Has the asking of this browser the word?"""
    return _of_browser(person_id, browser, now).filter(granted=True, used_at=None).exists()


def use_up(person_id: int, session_id: UUID, *, now: datetime) -> bool:
    """Inside the caller's transaction, before the new factor is kept: the word is used, and every factor and
    recovery code from before goes. Did the session come by the word?
    """
    rows = FactorRequest.objects.filter(person_id=person_id, session_id=session_id, granted=True)
    if not rows.filter(used_at=None, expires_at__gt=now).update(used_at=now):
        return False
    AuthenticatorApp.objects.filter(person_id=person_id, confirmed_at__isnull=False).delete()
    recovery_codes.forget_all(person_id)
    passkeys.remove_all(person_id)
    return True


def sweep(now: datetime) -> None:
    """Forget askings that nobody answered in time; answered ones stay for the log."""
    FactorRequest.objects.filter(answered_at=None, expires_at__lt=now).delete()


def _of_browser(person_id: int, browser: str, now: datetime) -> QuerySet[FactorRequest]:
    rows = FactorRequest.objects.filter(person_id=person_id, browser_hash=_hash(browser))
    return rows.filter(expires_at__gt=now)


def _hash(browser: str) -> bytes:
    return hashlib.sha256(browser.encode()).digest()
