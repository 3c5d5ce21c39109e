"""Staff and HR people sign in by two steps: the password, then a factor. Between them there is a challenge,
no session.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.verification import challenges, limits
from vssid.domain.verification.errors import WrongProof
from vssid.domain.verification.models import Challenge
from vssid.kernel.actor import person

from .. import actions
from ..errors import ActivationExpired
from ..models.accounts import Account
from ..sign_in import sessions
from . import authenticator_apps, proofs, recovery_codes, vouching
from .errors import ClockOff, StepOver, UsedFactor, WrongFactor

REFUSED = (WrongFactor, UsedFactor, ClockOff)


@dataclass(frozen=True, slots=True)
class Proof:
    """A code as it was typed: of an app, or one from paper."""

    typed: str
    is_recovery: bool = False


def begin(
    name: str,
    password: str,
    *,
    kind: str,
    browser: str,
    address: str,
    device: str,
    known_device: bool,
    now: datetime,
    word: str = "",
) -> actions.SignedIn | None:
    """The first step. None: the password was right, and this browser (a secret in its cookie) may prove a
    factor within settings.CHALLENGE_LIFE.

    Who has no factor yet gets a session that opens nothing but the way to one; so does the browser (`word`)
    in which another administrator's word for the member was asked for, and given.
    Raises WrongCredentials, ActivationExpired, AccountFrozen or Limited, as for a name without an account.
    """
    account = actions.prove(name, password, kind=kind, address=address, known_device=known_device, now=now)
    if account.activation_expires_at is not None and now >= account.activation_expires_at:
        raise ActivationExpired
    if not proofs.has_any(account.person_id):
        return actions.open_session(account, device=device, proved_at=None, now=now)
    if word and vouching.is_given(account.person_id, browser=word, now=now):
        return _by_word(account, word, device=device, now=now)
    mark = _mark(account)
    challenges.give(browser, Challenge.SECOND_STEP, account.person_id, now, challenge=mark)
    return None


def _by_word(account: Account, word: str, *, device: str, now: datetime) -> actions.SignedIn:
    with transaction.atomic():
        signed_in = actions.open_session(account, device=device, proved_at=None, now=now)
        claimed = sessions.claim(signed_in.token)
        assert claimed is not None  # the session that was opened just now
        vouching.take_up(account.person_id, browser=word, session_id=claimed[1], now=now)
    return signed_in


def waiting(browser: str, *, kind: str, now: datetime) -> Account:
    """Whose sign-in, to an account of this kind, waits in this browser.

    Raises StepOver, also when the password was replaced meanwhile.
    """
    try:
        row = challenges.look(browser, Challenge.SECOND_STEP, now)
    except WrongProof:
        raise StepOver from None
    assert row.person_id is not None  # as `begin` gave it
    account = Account.objects.filter(kind=kind, person_id=row.person_id).first()
    if account is None or not hmac.compare_digest(_mark(account), bytes(row.challenge)):
        raise StepOver
    return account


def finish(
    proof: Proof,
    *,
    kind: str,
    browser: str,
    address: str,
    device: str,
    known_device: bool,
    now: datetime,
) -> actions.SignedIn:
    """The second step: a code opens the session. Raises StepOver, WrongFactor, UsedFactor, ClockOff, Limited,
    AccountFrozen.
    """
    account = waiting(browser, kind=kind, now=now)
    use_code(account.person_id, proof, address=address, known_device=known_device, now=now)
    try:
        challenges.take(browser, Challenge.SECOND_STEP, account.person_id, now)
    except WrongProof:  # another tab of the browser was first
        raise StepOver from None
    return actions.open_session(account, device=device, proved_at=now, now=now)


def use_code(person_id: int, proof: Proof, *, address: str, known_device: bool, now: datetime) -> None:
    """Use up a member's code under the limits of tries. A wrong one is an event.

    Raises WrongFactor, UsedFactor, ClockOff, Limited.

    Counted before it is looked at. A browser that the member has signed in with before is held only by its
    own count, so that nobody who has the password uses up the member's tries elsewhere.
    """
    pair = f"{person_id}|{address}|{known_device}"
    limits.hit("factor_pair", pair, now=now)
    # A code on paper cannot be guessed; it stays a way in whatever strangers use up.
    if not (known_device or proof.is_recovery):
        limits.hit("factor_account", str(person_id), now=now)
    try:
        use = recovery_codes.use if proof.is_recovery else authenticator_apps.use
        use(person_id, proof.typed, now=now)
    except REFUSED as refused:
        audit.record(
            "account.factor_refused",
            subject=person_id,
            by=person(person_id),
            now=now,
            facts={"why": refused.code},
        )
        raise
    limits.forgive("factor_pair", pair)


def _mark(account: Account) -> bytes:
    """Of the password that was proved: another one since then, and the step is over."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"step:{account.password}".encode(), hashlib.sha256)
