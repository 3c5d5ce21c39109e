"""What a new activation code takes away: the password before, every factor, every session."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from ..models.accounts import Account
from ..models.factors import AuthenticatorApp
from ..sign_in import passkeys, passwords, sessions
from . import recovery_codes


def reset(account: Account, *, now: datetime) -> tuple[str, int]:
    """Of a locked account, inside the caller's transaction: returns the new activation code, which is kept
    nowhere, and how many factors opened before.
    """
    activation = passwords.new_activation()
    account.password = passwords.hashed(activation)
    account.activation_expires_at = now + settings.ACTIVATION_LIFE
    account.save(update_fields=["password", "activation_expires_at"])
    taken = _take_factors(account.person_id)
    sessions.end_all(account.person_id)
    return activation, taken


def _take_factors(person_id: int) -> int:
    apps = AuthenticatorApp.objects.filter(person_id=person_id)
    opening = apps.filter(confirmed_at__isnull=False).count()
    apps.delete()
    recovery_codes.forget_all(person_id)
    return opening + passkeys.remove_all(person_id)
