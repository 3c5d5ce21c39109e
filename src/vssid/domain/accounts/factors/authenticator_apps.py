"""Authenticator apps: set one up, and take its codes, each once."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import person
from vssid.kernel.text import digits, tidy

from ..models.accounts import Account
from ..models.factors import AuthenticatorApp
from ..sign_in import sessions
from . import proofs, totp, vouching
from .errors import ClockOff, SetUpOver, TooManyFactors, UsedFactor, WrongFactor

SEALED_FOR = "authenticator-app"
MOST = 5
NAME_LENGTH = 60
# A clock that is farther off is not told from a wrong code: ten minutes either way.
TOLD_DRIFT = 20


@dataclass(frozen=True, slots=True)
class SetUp:
    """An app that is being set up: its secret, to be shown as a code and as text."""

    id: uuid.UUID
    secret: bytes


@dataclass(frozen=True, slots=True)
class AppView:
    """An app as its member may see it."""

    id: uuid.UUID
    name: str
    confirmed_at: datetime | None
    last_used_at: datetime | None


def begin(person_id: int, *, session_id: uuid.UUID, now: datetime) -> SetUp:
    """The secret for a new app; the same again in the same session, so that a page can be loaded twice.

    What another session began is gone: whoever looked at it there must not know this secret.
    Raises ProofNeeded for who has a factor and has not just proved one, TooManyFactors.
    """
    with transaction.atomic():
        Account.objects.select_for_update().get(person_id=person_id, kind__in=Account.TWO_STEPS)
        proofs.check_may_change(person_id, session_id, now=now)
        if AuthenticatorApp.objects.filter(person_id=person_id, confirmed_at__isnull=False).count() >= MOST:
            raise TooManyFactors(most=MOST)
        begun = AuthenticatorApp.objects.filter(person_id=person_id, confirmed_at__isnull=True).first()
        if begun is not None and begun.session_id == session_id:
            return SetUp(begun.id, secret_of(begun))
        if begun is not None:
            begun.delete()
        return _begin(person_id, session_id, now)


def _begin(person_id: int, session_id: uuid.UUID, now: datetime) -> SetUp:
    made = SetUp(uuid.uuid4(), totp.new_secret())
    AuthenticatorApp.objects.create(
        person_id=person_id,
        id=made.id,
        sealed=vault.seal(person_id, SEALED_FOR, made.secret, row=made.id),
        name="",
        session_id=session_id,
        begun_at=now,
    )
    return made


def confirm(person_id: int, typed: str, *, session_id: uuid.UUID, name: str, now: datetime) -> None:
    """The app shows a right code, so it has the secret: from now on it is a factor, and the session has
    proved it. With the first factor, or one by another's word, every other session ends.

    Raises SetUpOver, ProofNeeded, ClockOff (told here, where the secret is on the page anyway), WrongFactor.
    """
    with transaction.atomic():
        Account.objects.select_for_update().get(person_id=person_id, kind__in=Account.TWO_STEPS)
        proofs.check_may_change(person_id, session_id, now=now)
        is_first = not proofs.has_any(person_id)
        rows = AuthenticatorApp.objects.filter(
            person_id=person_id, session_id=session_id, confirmed_at__isnull=True
        )
        row = rows.first()
        if row is None:
            raise SetUpOver
        step = _step(secret_of(row), digits(typed), now)
        by_word = vouching.use_up(person_id, session_id, now=now)
        rows.update(confirmed_at=now, last_step=step, last_used_at=now, name=tidy(name)[:NAME_LENGTH])
        facts = {"factor": "app", "by_word": by_word}
        audit.record("account.factor_added", subject=person_id, by=person(person_id), now=now, facts=facts)
        sessions.prove(person_id, session_id, now=now)
        if is_first or by_word:
            sessions.end_all(person_id, but=session_id)


def _step(secret: bytes, code: str, now: datetime) -> int:
    step = totp.matching_step(secret, code, now=now)
    if step is not None:
        return step
    far = totp.matching_step(secret, code, now=now, drift=TOLD_DRIFT)
    if far is not None:
        raise ClockOff(off=timedelta(seconds=(totp.step_of(now) - far) * totp.SECONDS))
    raise WrongFactor


def use(person_id: int, typed: str, *, now: datetime) -> None:
    """Use up a code of one of the member's apps. Raises WrongFactor, UsedFactor or ClockOff.

    Of two requests with one code the database lets one through. Only a clock that is behind is told: a code
    of the past opens nothing, one of the future would tell a guesser when to come back with it.
    """
    code = digits(typed)
    failure: WrongFactor | UsedFactor | ClockOff = WrongFactor()
    for row in AuthenticatorApp.objects.filter(person_id=person_id, confirmed_at__isnull=False):
        step = totp.matching_step(secret_of(row), code, now=now, drift=TOLD_DRIFT)
        if step is None or step > totp.step_of(now) + totp.DRIFT:
            continue
        if step < totp.step_of(now) - totp.DRIFT:
            failure = ClockOff(off=timedelta(seconds=(totp.step_of(now) - step) * totp.SECONDS))
            continue
        rows = AuthenticatorApp.objects.filter(person_id=person_id, id=row.id, last_step__lt=step)
        if rows.update(last_step=step, last_used_at=now):
            return
        failure = UsedFactor()
    raise failure


def secret_of(row: AuthenticatorApp) -> bytes:
    """The app's secret. Raises vault.Erased, keys.CannotOpen."""
    return vault.unseal(row.person_id, SEALED_FOR, row.sealed, row=row.id)


def of(person_id: int) -> list[AppView]:
    """The member's apps that open, oldest first."""
    rows = AuthenticatorApp.objects.filter(person_id=person_id, confirmed_at__isnull=False)
    rows = rows.order_by("confirmed_at")
    return [AppView(row.id, row.name, row.confirmed_at, row.last_used_at) for row in rows]
