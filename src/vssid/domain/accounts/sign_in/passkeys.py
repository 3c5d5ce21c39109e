"""Passkeys (WebAuthn): add, sign in, rename, remove.

The site is `settings.BASE_URL`. The device must have checked its owner (screen lock, fingerprint).
"""

from __future__ import annotations

import hashlib
import ipaddress
import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import webauthn
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists
from webauthn.helpers import base64url_to_bytes, options_to_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    CredentialDeviceType,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from vssid.domain.audit import actions as audit
from vssid.domain.vault import sealing as vault
from vssid.domain.verification import challenges
from vssid.domain.verification.errors import WrongProof
from vssid.domain.verification.models import Challenge
from vssid.infra import keys
from vssid.infra.database.constraints import constraint_of
from vssid.kernel.actor import person
from vssid.kernel.text import tidy

from .. import actions, login_names
from ..contacts import notify
from ..errors import AccountFrozen, PasskeyInDoubt, TooManyPasskeys
from ..models.accounts import Account, Passkey, PasskeyOwner

RP_NAME = "BHXH"
NAME_LENGTH = 60
TRANSPORTS = frozenset(one.value for one in AuthenticatorTransport)
HANDLE, HANDLE_BYTES = "passkey-user", 32
DECOY_LENGTHS = (16, 20, 32, 48, 64)
# Every answer about a name is filled up with blanks to a multiple of so many bytes.
FILLED = 4096


@dataclass(frozen=True, slots=True)
class PasskeyView:
    """A passkey as its owner may see it."""

    id: uuid.UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None
    suspect_at: datetime | None


def is_on() -> bool:
    """Browsers know passkeys for names only, not for a site at a bare IP address."""
    try:
        ipaddress.ip_address(_site())
    except ValueError:
        return True
    return False


def _site() -> str:
    return urlsplit(settings.BASE_URL).hostname or ""


def _origin() -> str:
    parts = urlsplit(settings.BASE_URL)
    return f"{parts.scheme}://{parts.netloc}"


def of(person_id: int) -> list[PasskeyView]:
    """The person's passkeys, oldest first."""
    rows = Passkey.objects.filter(person_id=person_id).order_by("created_at")
    return [PasskeyView(row.id, row.name, row.created_at, row.last_used_at, row.suspect_at) for row in rows]


def is_to_be_offered(person_id: int) -> bool:
    """Is a passkey to be offered? Once: not to who has one, had one or put it off, nor where none can be."""
    if not is_on():
        return False
    asked = Account.objects.filter(person_id=person_id, passkey_answered_at=None)
    return asked.exclude(Exists(Passkey.objects.filter(person_id=person_id))).exists()


def answer_offer(person_id: int, *, now: datetime) -> None:
    """The person has put a passkey off, or added one. Twice keeps the first time."""
    Account.objects.filter(person_id=person_id, passkey_answered_at=None).update(passkey_answered_at=now)


# --- add -----------------------------------------------------------------------------------


def begin_adding(person_id: int, *, browser: str, now: datetime) -> str:
    """The options for `navigator.credentials.create`, as JSON. Raises TooManyPasskeys."""
    account = Account.objects.get(person_id=person_id)
    rows = list(Passkey.objects.filter(person_id=person_id))
    if len(rows) >= settings.PASSKEYS_MOST:
        raise TooManyPasskeys(most=settings.PASSKEYS_MOST)
    options = webauthn.generate_registration_options(
        rp_id=_site(),
        rp_name=RP_NAME,
        user_id=_handle(account, has_some=bool(rows)),
        user_name=f"BHXH ••• {login_names.of(account)[-4:]}",
        user_display_name=account.display_name,
        challenge=challenges.give(browser, Challenge.REGISTER, person_id, now),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[_descriptor(row) for row in rows],
    )
    return options_to_json(options)


def _handle(account: Account, *, has_some: bool) -> bytes:
    """What the devices know the account by: kept, since they keep it too and no key may change it.

    Who has passkeys from before handles were kept stays with the one that was made of the person's number.
    """
    if account.passkey_handle is None:
        made = handle_of_before(account.person_id) if has_some else None
        rows = Account.objects.filter(person_id=account.person_id)
        rows.filter(passkey_handle=None).update(passkey_handle=made or os.urandom(HANDLE_BYTES))
        account.refresh_from_db(fields=["passkey_handle"])
    assert account.passkey_handle is not None
    return bytes(account.passkey_handle)


def handle_of_before(person_id: int) -> bytes | None:
    """The handle as it was made before handles were kept, when no fingerprint key was marked."""
    key = next((one for one in reversed(vault.fingerprint_keys()) if not one.is_marked), None)
    return keys.fingerprint(key, HANDLE, str(person_id)) if key else None


def _is_handle(account: Account, given: bytes) -> bool:
    """Is it the account's? One from before is kept when it is used."""
    if account.passkey_handle is not None:
        return given == bytes(account.passkey_handle)
    if given not in vault.fingerprints(HANDLE, str(account.person_id)):
        return False
    Account.objects.filter(person_id=account.person_id, passkey_handle=None).update(passkey_handle=given)
    return True


def _descriptor(row: Passkey) -> PublicKeyCredentialDescriptor:
    ways = [AuthenticatorTransport(one) for one in row.transports if one in TRANSPORTS]
    return PublicKeyCredentialDescriptor(id=bytes(row.credential_id), transports=ways or None)


def finish_adding(
    person_id: int, answer: dict[str, Any], *, browser: str, name: str, now: datetime
) -> uuid.UUID:
    """Keep the new passkey; the owner is told. Raises WrongProof or TooManyPasskeys."""
    challenge = challenges.take(browser, Challenge.REGISTER, person_id, now)
    try:
        proved = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_site(),
            expected_origin=_origin(),
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
        name=tidy(name)[:NAME_LENGTH] or RP_NAME,
        transports=sorted(TRANSPORTS & {one for one in said if isinstance(one, str)})
        if isinstance(said, list)
        else [],
        created_at=now,
    )
    _keep(row, now)
    answer_offer(person_id, now=now)
    return row.id


def _keep(row: Passkey, now: datetime) -> None:
    with transaction.atomic():
        Account.objects.select_for_update().get(person_id=row.person_id)
        if Passkey.objects.filter(person_id=row.person_id).count() >= settings.PASSKEYS_MOST:
            raise TooManyPasskeys(most=settings.PASSKEYS_MOST)
        try:
            with transaction.atomic():
                PasskeyOwner.objects.create(
                    credential_hash=_key(bytes(row.credential_id)), person_id=row.person_id
                )
        except IntegrityError as refused:
            if constraint_of(refused) == "accounts_passkey_owner_pkey":
                raise WrongProof from None
            raise
        row.save(force_insert=True)
        audit.record("account.passkey_added", subject=row.person_id, by=person(row.person_id), now=now)
        notify.tell(row.person_id, "passkey_added", now=now)


def _key(credential_id: bytes) -> bytes:
    return hashlib.sha256(credential_id).digest()


# --- sign in -------------------------------------------------------------------------------


def begin_sign_in(name: str, *, browser: str, now: datetime) -> str:
    """The options for `navigator.credentials.get`, as JSON. Nothing is counted: nobody can use up what the
    owner needs, nothing can be guessed here, and the challenge replaces the browser's last one.

    Without a name the device offers what it has. With one as many are named as one may have: the account's
    own and made-up ones that are always the same. So a name with an account takes the same statement and
    work, and gets an answer of the same length, as one without.
    """
    login = actions.login_of(name)[:70]
    options = webauthn.generate_authentication_options(
        rp_id=_site(),
        challenge=challenges.give(browser, Challenge.SIGN_IN, None, now),
        allow_credentials=_named(login) if login else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    text = options_to_json(options)
    return text + " " * (-len(text) % FILLED)


def _named(login: str) -> list[PublicKeyCredentialDescriptor]:
    owners = Account.objects.filter(kind=Account.CITIZEN, person_id__in=actions.named(login))
    rows = Passkey.objects.filter(person_id__in=owners.values("person_id"))
    real = [bytes(one) for one in rows.values_list("credential_id", flat=True)[: settings.PASSKEYS_MOST]]
    ids = [*real, *_made_up(login)][: settings.PASSKEYS_MOST]
    # In an order that says nothing; and which ways a passkey is reached is left out.
    return [PublicKeyCredentialDescriptor(id=one) for one in sorted(ids, key=_key)]


def _made_up(login: str) -> list[bytes]:
    seed = vault.fingerprint("passkey-decoy", login)
    return [
        hashlib.sha512(seed + bytes([number])).digest()[: DECOY_LENGTHS[seed[number] % len(DECOY_LENGTHS)]]
        for number in range(settings.PASSKEYS_MOST)
    ]


def finish_sign_in(
    answer: dict[str, Any],
    *,
    browser: str,
    device: str,
    is_known: Callable[[str], bool],
    now: datetime,
) -> tuple[str, actions.SignedIn]:
    """Sign in with the passkey's answer; returns the login name too.

    Raises WrongProof, PasskeyInDoubt or AccountFrozen.

    `is_known` says whether this browser has signed in to the account of a login name before.
    """
    challenge = challenges.take(browser, Challenge.SIGN_IN, None, now)
    row, handle = _named_by(answer)
    account = Account.objects.filter(person_id=row.person_id, kind=Account.CITIZEN).first()
    if account is None or account.must_set_password:
        raise WrongProof
    try:
        proved = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_site(),
            expected_origin=_origin(),
            credential_public_key=bytes(row.public_key),
            credential_current_sign_count=0,  # judged below, once the signature is known to be good
            require_user_verification=True,
        )
    # Readers of JSON, CBOR and keys meet hostile bytes here and raise whatever they like.
    except Exception:
        raise WrongProof from None
    if handle and not _is_handle(account, handle):
        raise WrongProof
    if proved.credential_device_type == CredentialDeviceType.MULTI_DEVICE:
        _use_synced(row, proved.new_sign_count, now)
    else:
        _count(row, proved.new_sign_count, now)
    if account.frozen_at is not None:
        raise AccountFrozen(frozen_at=account.frozen_at)
    login = login_names.of(account)
    new = not is_known(login)
    return login, actions.open_session(account, device=device, new_device=new, now=now)


def _named_by(answer: dict[str, Any]) -> tuple[Passkey, bytes]:
    """The passkey that the answer names, and the user handle, which must be the owner's where it is given."""
    try:
        credential_id = base64url_to_bytes(str(answer["rawId"]))
        handle = answer["response"].get("userHandle")
        given = base64url_to_bytes(str(handle)) if handle else b""
    except (ValueError, TypeError, KeyError, AttributeError):
        raise WrongProof from None
    owner = PasskeyOwner.objects.filter(credential_hash=_key(credential_id)).first()
    rows = Passkey.objects.filter(person_id=owner.person_id) if owner else []
    row = next((one for one in rows if bytes(one.credential_id) == credential_id), None)
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


# --- look after ----------------------------------------------------------------------------


def rename(person_id: int, passkey_id: uuid.UUID, name: str) -> None:
    """Give it another name; an empty one changes nothing. Another person's passkey is not there."""
    wanted = tidy(name)[:NAME_LENGTH]
    if wanted:
        Passkey.objects.filter(person_id=person_id, id=passkey_id).update(name=wanted)


def vouch(person_id: int, passkey_id: uuid.UUID, *, now: datetime) -> bool:
    """The owner, who proved the password, says that a passkey in doubt is theirs: counting begins anew.

    Returns whether one was in doubt.
    """
    with transaction.atomic():
        rows = Passkey.objects.filter(person_id=person_id, id=passkey_id, suspect_at__isnull=False)
        if not rows.update(suspect_at=None, sign_count=0):
            return False
        audit.record("account.passkey_vouched", subject=person_id, by=person(person_id), now=now)
        return True


def remove(person_id: int, passkey_id: uuid.UUID, *, now: datetime) -> bool:
    """Take it away; twice is fine. Returns whether this call did."""
    with transaction.atomic():
        row = Passkey.objects.select_for_update().filter(person_id=person_id, id=passkey_id).first()
        if row is None:
            return False
        PasskeyOwner.objects.filter(credential_hash=_key(bytes(row.credential_id))).delete()
        Passkey.objects.filter(person_id=person_id, id=passkey_id).delete()
        audit.record("account.passkey_removed", subject=person_id, by=person(person_id), now=now)
        notify.tell(person_id, "passkey_removed", now=now)
    return True


def remove_all(person_id: int) -> int:
    """Take all of a person's away inside the caller's transaction; returns how many."""
    rows = list(Passkey.objects.select_for_update().filter(person_id=person_id))
    keys = [_key(bytes(row.credential_id)) for row in rows]
    PasskeyOwner.objects.filter(credential_hash__in=keys).delete()
    Passkey.objects.filter(person_id=person_id).delete()
    return len(rows)
