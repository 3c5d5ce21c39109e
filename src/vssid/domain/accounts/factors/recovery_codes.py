"""Ten codes on paper, for a phone that is lost: each opens once, instead of the app's code."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import check_password
from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.kernel.actor import person

from ..models.accounts import Account
from ..models.factors import RECOVERY_CODES, RecoveryCode
from ..sign_in import passwords
from . import proofs
from .errors import ProofNeeded, UsedFactor, WrongFactor

FEW = 3
BEGINNINGS = passwords.ALPHABET[:RECOVERY_CODES]


def make(person_id: int, *, session_id: UUID, now: datetime) -> list[str]:
    """Ten new codes, returned once: only their Argon2id hashes stay. The set before opens nothing more.

    Raises ProofNeeded unless a factor was just proved in the session.
    """
    codes = new_codes()
    rows = [
        RecoveryCode(person_id=person_id, number=number, code_hash=passwords.hashed(code), made_at=now)
        for number, code in enumerate(codes, start=1)
    ]
    with transaction.atomic():
        Account.objects.select_for_update().get(person_id=person_id, kind=Account.STAFF)
        if not proofs.has_any(person_id):
            raise ProofNeeded
        proofs.check_may_change(person_id, session_id, now=now)
        RecoveryCode.objects.filter(person_id=person_id).delete()
        RecoveryCode.objects.bulk_create(rows)
        audit.record("account.recovery_codes_made", subject=person_id, by=person(person_id), now=now)
    return codes


def new_codes() -> list[str]:
    """Ten codes like `7KQ2M-V9GHT`, each beginning with a letter of its own (38 random bits behind it)."""
    return [_beginning_with(letter) for letter in BEGINNINGS]


def _beginning_with(letter: str) -> str:
    code = passwords.new_activation()
    while code[1] == letter:  # never the same twice in a row (`passwords.ALPHABET`)
        code = passwords.new_activation()
    return letter + code[1:]


def use(person_id: int, typed: str, *, now: datetime) -> int:
    """Use up a code; returns how many are left. Raises WrongFactor or UsedFactor.

    Of two requests with one code the database lets one through.
    """
    for form in passwords.activation_forms(typed):
        number = BEGINNINGS.find(form[0]) + 1
        row = RecoveryCode.objects.filter(person_id=person_id, number=number).first()
        if row is None or not check_password(form, row.code_hash):
            continue
        with transaction.atomic():
            rows = RecoveryCode.objects.filter(person_id=person_id, number=number, code_hash=row.code_hash)
            if not rows.filter(used_at__isnull=True).update(used_at=now):
                raise UsedFactor
            rest = left(person_id)
            audit.record(
                "account.recovery_code_used",
                subject=person_id,
                by=person(person_id),
                now=now,
                facts={"left": rest},
            )
        return rest
    raise WrongFactor


def left(person_id: int) -> int:
    """How many codes of the set open."""
    return RecoveryCode.objects.filter(person_id=person_id, used_at__isnull=True).count()
