"""Add a passkey: what the browser is asked, and what it answers.

The device must have checked its owner (screen lock, fingerprint).
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import webauthn
from django.conf import settings
from django.db import IntegrityError, transaction
from webauthn.helpers import options_to_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from vssid.domain.audit import actions as audit
from vssid.domain.verification import challenges
from vssid.domain.verification.errors import WrongProof
from vssid.domain.verification.models import Challenge
from vssid.infra.database.constraints import constraint_of
from vssid.kernel.actor import person
from vssid.kernel.text import tidy

from .. import login_names
from ..contacts import notify
from ..errors import TooManyPasskeys
from ..models.accounts import Account, Passkey, PasskeyOwner
from . import passkey_handles, passkeys

TRANSPORTS = frozenset(transport.value for transport in AuthenticatorTransport)


def begin(person_id: int, *, browser: str, now: datetime) -> str:
    """The options for `navigator.credentials.create`, as JSON. Raises TooManyPasskeys."""
    account = Account.objects.get(person_id=person_id)
    rows = list(Passkey.objects.filter(person_id=person_id))
    if len(rows) >= settings.PASSKEYS_MOST:
        raise TooManyPasskeys(most=settings.PASSKEYS_MOST)
    options = webauthn.generate_registration_options(
        rp_id=passkeys.site(),
        rp_name=passkeys.RP_NAME,
        user_id=passkey_handles.of(account, has_some=bool(rows)),
        user_name=_label(account),
        user_display_name=account.display_name,
        challenge=challenges.give(browser, Challenge.REGISTER, person_id, now),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[_descriptor(row) for row in rows],
    )
    return options_to_json(options)


def _label(account: Account) -> str:
    """What the device lists the passkey under: no code of a person in full."""
    if account.kind in Account.TWO_STEPS:
        return account.login
    return f"BHXH ••• {login_names.of(account)[-4:]}"


def _descriptor(row: Passkey) -> PublicKeyCredentialDescriptor:
    ways = [AuthenticatorTransport(transport) for transport in row.transports if transport in TRANSPORTS]
    return PublicKeyCredentialDescriptor(id=bytes(row.credential_id), transports=ways or None)


def finish(person_id: int, answer: dict[str, Any], *, browser: str, name: str, now: datetime) -> uuid.UUID:
    """Keep the new passkey; the owner is told. Raises WrongProof or TooManyPasskeys."""
    challenge = challenges.take(browser, Challenge.REGISTER, person_id, now)
    return keep(person_id, answer, challenge=challenge, name=name, now=now)


def keep(person_id: int, answer: dict[str, Any], *, challenge: bytes, name: str, now: datetime) -> uuid.UUID:
    """`finish` with a challenge that was taken. Raises WrongProof or TooManyPasskeys."""
    try:
        proved = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=passkeys.site(),
            expected_origin=passkeys.origin(),
            require_user_verification=True,
        )
    # Readers of JSON, CBOR and keys meet hostile bytes here and raise whatever they like.
    except Exception:
        raise WrongProof from None
    response = answer.get("response")
    said = response.get("transports") if isinstance(response, dict) else None
    row = Passkey(
        person_id=person_id,
        id=uuid.uuid4(),
        credential_id=proved.credential_id,
        public_key=proved.credential_public_key,
        sign_count=proved.sign_count,
        name=tidy(name)[: passkeys.NAME_LENGTH] or passkeys.RP_NAME,
        transports=sorted(TRANSPORTS & {transport for transport in said if isinstance(transport, str)})
        if isinstance(said, list)
        else [],
        created_at=now,
    )
    _keep(row, now)
    passkeys.answer_offer(person_id, now=now)
    return row.id


def _keep(row: Passkey, now: datetime) -> None:
    with transaction.atomic():
        Account.objects.select_for_update().get(person_id=row.person_id)
        if Passkey.objects.filter(person_id=row.person_id).count() >= settings.PASSKEYS_MOST:
            raise TooManyPasskeys(most=settings.PASSKEYS_MOST)
        try:
            with transaction.atomic():
                PasskeyOwner.objects.create(
                    credential_hash=passkeys.hash_of(bytes(row.credential_id)), person_id=row.person_id
                )
        except IntegrityError as refused:
            if constraint_of(refused) == "accounts_passkey_owner_pkey":
                raise WrongProof from None
            raise
        row.save(force_insert=True)
        audit.record("account.passkey_added", subject=row.person_id, by=person(row.person_id), now=now)
        notify.tell(row.person_id, "passkey_added", now=now)
