"""Sign in with a passkey: what the browser is asked, and what it answers.

The device must have checked its owner (screen lock, fingerprint).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

import webauthn
from django.conf import settings
from django.db import transaction
from webauthn.helpers import base64url_to_bytes, options_to_json
from webauthn.helpers.structs import (
    CredentialDeviceType,
    PublicKeyCredentialDescriptor,
    UserVerificationRequirement,
)

from vssid.domain.audit import actions as audit
from vssid.domain.vault import sealing as vault
from vssid.domain.verification import challenges
from vssid.domain.verification.errors import WrongProof
from vssid.domain.verification.models import Challenge
from vssid.kernel.actor import person

from .. import actions, login_names
from ..contacts import notify
from ..errors import AccountFrozen, PasskeyInDoubt
from ..models.accounts import Account, Passkey, PasskeyOwner
from . import passkey_handles, passkeys

DECOY_LENGTHS = (16, 20, 32, 48, 64)
# Every answer about a name is filled up with blanks to a multiple of so many bytes.
FILLED = 4096


def begin(name: str, *, browser: str, now: datetime) -> str:
    """The options for `navigator.credentials.get`, as JSON. Nothing is counted: nobody can use up what the
    owner needs, nothing can be guessed here, and the challenge replaces the browser's last one.

    Without a name the device offers what it has. With one as many are named as one may have: the account's
    own and made-up ones that are always the same. So a name with an account takes the same statement and
    work, and gets an answer of the same length, as one without.
    """
    login = actions.login_of(name)[:70]
    options = webauthn.generate_authentication_options(
        rp_id=passkeys.site(),
        challenge=challenges.give(browser, Challenge.SIGN_IN, None, now),
        allow_credentials=_named(login) if login else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    text = options_to_json(options)
    return text + " " * (-len(text) % FILLED)


def _named(login: str) -> list[PublicKeyCredentialDescriptor]:
    owners = Account.objects.filter(kind=Account.CITIZEN, person_id__in=actions.named(login))
    rows = Passkey.objects.filter(person_id__in=owners.values("person_id"))
    real = [
        bytes(credential_id)
        for credential_id in rows.values_list("credential_id", flat=True)[: settings.PASSKEYS_MOST]
    ]
    ids = [*real, *_made_up(login)][: settings.PASSKEYS_MOST]
    # In an order that says nothing; and which ways a passkey is reached is left out.
    return [
        PublicKeyCredentialDescriptor(id=credential_id) for credential_id in sorted(ids, key=passkeys.hash_of)
    ]


def _made_up(login: str) -> list[bytes]:
    seed = vault.fingerprint("passkey-decoy", login)
    return [
        hashlib.sha512(seed + bytes([number])).digest()[: DECOY_LENGTHS[seed[number] % len(DECOY_LENGTHS)]]
        for number in range(settings.PASSKEYS_MOST)
    ]


def finish(
    answer: dict[str, Any],
    *,
    browser: str,
    device: str,
    is_known: Callable[[str], bool],
    now: datetime,
    kind: str = Account.CITIZEN,
) -> tuple[str, actions.SignedIn]:
    """Sign in with the passkey's answer; returns the login name too. Of who signs in by two steps it is both.

    Raises WrongProof, PasskeyInDoubt or AccountFrozen.

    `is_known` says whether this browser has signed in to the account of a login name before.
    """
    account = prove(answer, kind=kind, browser=browser, now=now)
    login = login_names.of(account)
    signed_in = actions.open_session(
        account,
        device=device,
        proved_at=now if account.kind in Account.TWO_STEPS else None,
        new_device=not is_known(login),
        now=now,
    )
    return login, signed_in


def prove(answer: dict[str, Any], *, kind: str, browser: str, now: datetime) -> Account:
    """Whose passkey answered, of accounts of this kind.

    Raises WrongProof, PasskeyInDoubt or AccountFrozen.
    """
    challenge = challenges.take(browser, Challenge.SIGN_IN, None, now)
    row, handle = _named_by(answer)
    account = Account.objects.filter(person_id=row.person_id, kind=kind).first()
    if account is None or account.must_set_password:
        raise WrongProof
    try:
        proved = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=passkeys.site(),
            expected_origin=passkeys.origin(),
            credential_public_key=bytes(row.public_key),
            credential_current_sign_count=0,  # judged below, once the signature is known to be good
            require_user_verification=True,
        )
    # Readers of JSON, CBOR and keys meet hostile bytes here and raise whatever they like.
    except Exception:
        raise WrongProof from None
    if handle and not passkey_handles.is_of(account, handle):
        raise WrongProof
    if proved.credential_device_type == CredentialDeviceType.MULTI_DEVICE:
        _use_synced(row, proved.new_sign_count, now)
    else:
        _count(row, proved.new_sign_count, now)
    if account.frozen_at is not None:
        raise AccountFrozen(frozen_at=account.frozen_at)
    return account


def _named_by(answer: dict[str, Any]) -> tuple[Passkey, bytes]:
    """The passkey that the answer names, and the user handle, which must be the owner's where it is given."""
    try:
        credential_id = base64url_to_bytes(str(answer["rawId"]))
        handle = answer["response"].get("userHandle")
        given = base64url_to_bytes(str(handle)) if handle else b""
    except (ValueError, TypeError, KeyError, AttributeError):
        raise WrongProof from None
    owner = PasskeyOwner.objects.filter(credential_hash=passkeys.hash_of(credential_id)).first()
    rows = Passkey.objects.filter(person_id=owner.person_id) if owner else []
    row = next((passkey for passkey in rows if bytes(passkey.credential_id) == credential_id), None)
    if row is None:
        raise WrongProof
    return row, given


def _use_synced(row: Passkey, new: int, now: datetime) -> None:
    """One that its maker keeps on several devices has no one counter: it stands still or jumps."""
    rows = Passkey.objects.filter(person_id=row.person_id, id=row.id)
    rows.update(sign_count=new, last_used_at=now, suspect_at=None)


def _count(row: Passkey, new: int, now: datetime) -> None:
    """A passkey of one device that counts must count up. If not, its owner is asked: a copy may exist."""
    rows = Passkey.objects.filter(person_id=row.person_id, id=row.id, suspect_at__isnull=True)
    if row.suspect_at is not None:
        raise PasskeyInDoubt
    if (new or row.sign_count) and new <= row.sign_count:
        with transaction.atomic():
            if rows.update(suspect_at=now):
                audit.record(
                    "account.passkey_suspect", subject=row.person_id, by=person(row.person_id), now=now
                )
                notify.tell(row.person_id, "passkey_suspect", now=now)
        raise PasskeyInDoubt
    # Two answers with one count: the second finds the count moved.
    if not rows.filter(sign_count=row.sign_count).update(sign_count=new, last_used_at=now):
        raise WrongProof
