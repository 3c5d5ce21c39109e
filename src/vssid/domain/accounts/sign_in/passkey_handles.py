"""The handles by which devices know accounts, in passkeys."""

from __future__ import annotations

import os

from vssid.domain.vault import sealing as vault
from vssid.infra import keys

from ..models.accounts import Account

HANDLE, HANDLE_BYTES = "passkey-user", 32


def of(account: Account, *, has_some: bool) -> bytes:
    """What the devices know the account by: kept, since they keep it too and no key may change it.

    Who has passkeys from before handles were kept stays with the one that was made of the person's number.
    """
    if account.passkey_handle is None:
        made = made_before(account.person_id) if has_some else None
        rows = Account.objects.filter(person_id=account.person_id)
        rows.filter(passkey_handle=None).update(passkey_handle=made or os.urandom(HANDLE_BYTES))
        account.refresh_from_db(fields=["passkey_handle"])
    assert account.passkey_handle is not None
    return bytes(account.passkey_handle)


def made_before(person_id: int) -> bytes | None:
    """The handle as it was made before handles were kept, when no fingerprint key was marked."""
    key = next(
        (candidate for candidate in reversed(vault.fingerprint_keys()) if not candidate.is_marked), None
    )
    return keys.fingerprint(key, HANDLE, str(person_id)) if key else None


def is_of(account: Account, given: bytes) -> bool:
    """Is it the account's? One from before is kept when it is used."""
    if account.passkey_handle is not None:
        return given == bytes(account.passkey_handle)
    if given not in vault.fingerprints(HANDLE, str(account.person_id)):
        return False
    Account.objects.filter(person_id=account.person_id, passkey_handle=None).update(passkey_handle=given)
    return True
