"""Ten codes on paper, for a phone that is lost: each opens once, instead of the app's code."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import check_password
from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.kernel.actor import person

from ..models.accounts import Account
from ..models.factors import RECOVERY_CODES, RecoveryCode, RecoverySheet
from ..sign_in import passwords
from . import proofs
from .errors import NothingShown, ProofNeeded, UsedFactor, WrongFactor

FEW = 3
SHEET_LIFE = timedelta(days=1)
BEGINNINGS = passwords.ALPHABET[:RECOVERY_CODES]


def show(person_id: int, *, session_id: UUID, now: datetime) -> list[str]:
    """Ten new codes, returned once: only their Argon2id hashes stay. They open nothing until `keep`, and the
    set before goes on opening: who leaves the page has lost nothing.

    Raises ProofNeeded unless a factor was just proved in the session.
    """
    codes = new_codes()
    sheet = {
        "session_id": session_id,
        "code_hashes": [passwords.hashed(code) for code in codes],
        "shown_at": now,
    }
    with transaction.atomic():
        Account.objects.select_for_update().get(person_id=person_id, kind__in=Account.TWO_STEPS)
        if not proofs.has_any(person_id):
            raise ProofNeeded
        proofs.check_may_change(person_id, session_id, now=now)
        RecoverySheet.objects.update_or_create(person_id=person_id, defaults=sheet)
    return codes


def keep(person_id: int, *, session_id: UUID, now: datetime) -> None:
    """The member says that the codes just shown are on paper: they open from now on, those before nothing
    more. Twice is once. Raises NothingShown where the session was shown none, or others since.
    """
    with transaction.atomic():
        Account.objects.select_for_update().get(person_id=person_id, kind__in=Account.TWO_STEPS)
        sheet = RecoverySheet.objects.filter(person_id=person_id).first()
        if sheet is None or sheet.session_id != session_id or sheet.shown_at < now - SHEET_LIFE:
            raise NothingShown
        RecoveryCode.objects.filter(person_id=person_id).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(person_id=person_id, number=number, code_hash=code_hash, made_at=now)
            for number, code_hash in enumerate(sheet.code_hashes, start=1)
        )
        sheet.delete()
        audit.record("account.recovery_codes_made", subject=person_id, by=person(person_id), now=now)


def awaits(person_id: int, *, now: datetime) -> datetime | None:
    """When codes were shown that nobody said they keep; None where there are none."""
    rows = RecoverySheet.objects.filter(person_id=person_id, shown_at__gte=now - SHEET_LIFE)
    return rows.values_list("shown_at", flat=True).first()


def forget_all(person_id: int) -> None:
    """Every code of the member, also such as were only shown."""
    RecoveryCode.objects.filter(person_id=person_id).delete()
    RecoverySheet.objects.filter(person_id=person_id).delete()


def sweep(now: datetime) -> int:
    """Codes that were shown and not kept within a day; returns how many sheets."""
    return RecoverySheet.objects.filter(shown_at__lt=now - SHEET_LIFE).delete()[0]


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
