"""Passkeys of who signs in by two steps: both in one, since the device checks its owner."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction

from vssid.domain.verification import challenges
from vssid.domain.verification.errors import WrongProof
from vssid.domain.verification.models import Challenge

from ..models.accounts import Account
from ..sign_in import new_passkeys, passkey_sign_in, sessions
from . import proofs, vouching


def begin_new(person_id: int, *, session_id: uuid.UUID, browser: str, now: datetime) -> str:
    """The options for a new passkey, as JSON. Raises ProofNeeded, TooManyPasskeys."""
    proofs.check_may_change(person_id, session_id, now=now)
    return new_passkeys.begin(person_id, browser=browser, now=now)


def add(
    person_id: int,
    answer: dict[str, Any],
    *,
    session_id: uuid.UUID,
    browser: str,
    name: str,
    now: datetime,
) -> bool:
    """Keep the new passkey; the session has proved it. Was it the first factor, or one by another's word?
    Then every other session ends.

    Raises ProofNeeded, WrongProof, TooManyPasskeys.
    """
    challenge = challenges.take(browser, Challenge.REGISTER, person_id, now)
    with transaction.atomic():
        # Two first factors at once: the second finds that there is one, and asks for it.
        Account.objects.select_for_update().get(person_id=person_id, kind__in=Account.TWO_STEPS)
        proofs.check_may_change(person_id, session_id, now=now)
        is_first = not proofs.has_any(person_id)
        by_word = vouching.use_up(person_id, session_id, now=now)
        new_passkeys.keep(person_id, answer, challenge=challenge, name=name, now=now)
        sessions.prove(person_id, session_id, now=now)
        if is_first or by_word:
            sessions.end_all(person_id, but=session_id)
    return is_first or by_word


def prove(
    person_id: int, answer: dict[str, Any], *, kind: str, session_id: uuid.UUID, browser: str, now: datetime
) -> None:
    """The signed-in member (`kind` of account) proves one of the own passkeys again.

    Raises WrongProof, PasskeyInDoubt, AccountFrozen.
    """
    account = passkey_sign_in.prove(answer, kind=kind, browser=browser, now=now)
    if account.person_id != person_id:
        raise WrongProof
    sessions.prove(person_id, session_id, now=now)
