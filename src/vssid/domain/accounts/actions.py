"""Open accounts, sign in, choose a password."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from vssid.domain.audit import actions as audit
from vssid.domain.participants import queries as participants
from vssid.domain.vault import sealing as vault
from vssid.domain.verification import limits
from vssid.infra.database.constraints import constraint_of
from vssid.kernel.actor import Actor, person
from vssid.kernel.ids import BhxhCode, IdNumber, Phone
from vssid.kernel.text import number_text

from . import login_names
from .contacts import newest, notify
from .counter import second_officer
from .errors import AccountFrozen, ActivationExpired, AlreadyHasAccount, NotActivating, WrongCredentials
from .models.accounts import Account, LoginName
from .sign_in import passwords, sessions


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The result of a sign-in: the cookie's token, and whether an own password must be set first."""

    token: str
    person_id: int
    kind: str
    must_set_password: bool


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom an account is for. `id_number`, when given, signs in beside the BHXH code."""

    person_id: int
    code: BhxhCode
    full_name: str
    phone: Phone
    id_number: IdNumber | None = None


def open_for(owner: Owner, *, by: Actor, subject: int, now: datetime) -> str:
    """Open a citizen's account inside the caller's transaction; returns the activation password.

    The plain password is returned once, to go into the message; only its Argon2id hash stays.
    Raises AlreadyHasAccount. `subject` is the application the account comes from.
    """
    activation = passwords.new_activation()
    account = Account(
        person_id=owner.person_id,
        kind=Account.CITIZEN,
        **login_names.columns(
            owner.person_id, owner.code.reveal(), version=newest.next_version(owner.person_id, newest.LOGIN)
        ),
        display_name=owner.full_name,
        password=passwords.hashed(activation),
        activation_expires_at=now + settings.ACTIVATION_LIFE,
        phone=newest.seal(owner.person_id, newest.PHONE, owner.phone.reveal().encode()),
        created_at=now,
    )
    names = {owner.code.reveal()}
    # The register's own code signs in too: `owner` may have been asked for by one that was merged since.
    if register := participants.person(owner.person_id):
        names.add(register.bhxh_code.reveal())
    if owner.id_number is not None:
        names.update(login_names.by_numbers(owner.id_number.reveal()))
    insert(account, names)
    audit.record("account.opened", subject=subject, by=by, now=now, facts={"person": owner.person_id})
    told = newest.facts(owner.person_id, newest.of_account(account))
    audit.record("account.value_told", subject=owner.person_id, by=by, now=now, facts=told)
    return activation


def insert(account: Account, names: Collection[str]) -> None:
    """Keep a new account with its login names. Raises AlreadyHasAccount."""
    try:
        # A savepoint: after a refusal the caller's transaction must be able to go on.
        with transaction.atomic():
            account.save(force_insert=True)
            LoginName.objects.bulk_create(
                [
                    LoginName(name=name, person_id=account.person_id)
                    for name in sorted(login_names.stored(names))
                ]
            )
    except IntegrityError as refused:
        if constraint_of(refused) in {"accounts_account_pkey", "accounts_login_name_pkey"}:
            raise AlreadyHasAccount from None
        raise


def keep_up(person_id: int) -> None:
    """After the register was corrected, in the caller's transaction: the account shows the name of today, and
    the ID number of today signs in as well. The phone for codes stays, and so do the names of before.
    """
    register = participants.person(person_id)
    rows = Account.objects.filter(person_id=person_id, kind=Account.CITIZEN)
    if register is None or not rows.update(display_name=register.full_name) or register.id_number is None:
        return
    keep_id_names(person_id, register.id_number.reveal())


def keep_id_names(person_id: int, number: str) -> None:
    """An ID number leads to this account, under each key or none: one that leads to another account goes on
    leading there.
    """
    names = login_names.by_numbers(number)
    holders = dict(LoginName.objects.filter(name__in=names).values_list("name", "person_id"))
    if set(holders.values()) - {person_id}:
        return
    rows = [LoginName(name=name, person_id=person_id) for name in sorted(set(names) - set(holders))]
    try:
        with transaction.atomic():
            LoginName.objects.bulk_create(rows)
    except IntegrityError as refused:  # somebody was first
        if constraint_of(refused) != "accounts_login_name_pkey":
            raise


def confirm_phone(person_id: int, *, now: datetime) -> None:
    """Before a password is sent, outside of the transaction that does it. Raises OlderValue."""
    person_id = participants.merged_into(person_id) or person_id
    account = Account.objects.filter(person_id=person_id, kind=Account.CITIZEN).first()
    if account is not None:
        newest.confirm(account, newest.PHONE, now=now)


def renew_activation(person_id: int, *, by: Actor, subject: int, now: datetime) -> tuple[str, Phone]:
    """A new activation password inside the caller's transaction; the one before is dead.

    Call `confirm_phone` before. Returns the plain password and the phone it goes to. Raises NotActivating
    once an own one is set. An account that has followed its person to another code is found by the person it
    was opened for. Raises SecondNeeded for an officer who has just set that phone.
    """
    person_id = participants.merged_into(person_id) or person_id
    # Locked before it is asked whether an own password is set: one that is being set now must stay.
    account = Account.objects.select_for_update().filter(person_id=person_id, kind=Account.CITIZEN).first()
    if account is None or not account.must_set_password or account.phone is None:
        raise NotActivating
    second_officer.guard(account, by=by, now=now)
    activation = passwords.new_activation()
    account.password = passwords.hashed(activation)
    account.activation_expires_at = now + settings.ACTIVATION_LIFE
    account.save(update_fields=["password", "activation_expires_at"])
    sessions.end_all(person_id)
    audit.record("account.activation_renewed", subject=subject, by=by, now=now)
    return activation, Phone(vault.unseal(person_id, notify.PHONE, account.phone).decode())


def sign_in(
    name: str,
    password: str,
    *,
    kind: str,
    address: str,
    device: str,
    known_device: bool = False,
    now: datetime,
) -> SignedIn:
    """Check name and password and open a session; of who signs in by two steps one that leads to a factor and
    no farther (`factors.second_step` is how they do).

    Raises WrongCredentials, ActivationExpired, AccountFrozen, or Limited. The owner is told of a device that
    is not a known one.
    """
    account = prove(name, password, kind=kind, address=address, known_device=known_device, now=now)
    if account.activation_expires_at is not None and now >= account.activation_expires_at:
        raise ActivationExpired
    return open_session(account, device=device, proved_at=None, new_device=not known_device, now=now)


def prove(
    name: str, password: str, *, kind: str, address: str, known_device: bool = False, now: datetime
) -> Account:
    """The account whose name and password these are, frozen or not. Raises WrongCredentials or Limited.

    A device that this account has signed in on before (`known_device`) is held only by its own count, so
    guessing elsewhere never locks the owner out.
    """
    login = login_of(name)
    key = login_names.key(login, kind)
    pair = f"{key}|{address}|{known_device}"
    # Counted before the account is looked for: names without one are limited alike, and tell as little.
    limits.hit("sign_in_all", pair, now=now)
    limits.hit("sign_in_pair", pair, now=now)
    if not known_device:
        limits.hit("sign_in_address", address, now=now)
        limits.hit("sign_in_account", f"{key}|{limits.network(address)}", now=now, by=address)
    account = find(login, kind)
    if account is None:
        passwords.waste_time(password)
        raise WrongCredentials
    if not passwords.matches(password, account.password):
        raise WrongCredentials
    _renew_hash(account, password)
    _know_again(account, login)
    limits.forgive("sign_in_pair", pair)
    return account


def _know_again(account: Account, login: str) -> None:
    """While fingerprint keys are changed: an ID number that the register does not know is learned here."""
    if len(vault.fingerprint_keys()) > 1 and account.kind == Account.CITIZEN and login.isalnum():
        names = LoginName.objects.filter(name__in=login_names.by_numbers(login), person_id=account.person_id)
        if names.exists():
            keep_id_names(account.person_id, login)


def _renew_hash(account: Account, password: str) -> None:
    """A password that was hashed as it was typed, before there was one form, gets it now."""
    if passwords.was_hashed_raw(password, account.password):
        anew = passwords.hashed(password)
        rows = Account.objects.filter(person_id=account.person_id, password=account.password)
        if rows.update(password=anew):
            account.password = anew


def login_of(name: str) -> str:
    """A login name however it was typed."""
    bare = "".join(number_text(name).split()).lower()
    digits = bare.replace(".", "").replace("-", "")
    return digits if digits.isdigit() else bare


def find(login: str, kind: str) -> Account | None:
    """The account of a login name (`login_of`), or None: one statement, whether there is one or not."""
    rows = Account.objects.filter(person_id__in=named(login_names.key(login, kind)), kind=kind)
    return rows.first()


def named(login: str) -> QuerySet[LoginName, int]:
    """The number of the person whom a login name means, to ask by within another statement."""
    return LoginName.objects.filter(name__in=[login[:70], *login_names.by_numbers(login)]).values_list(
        "person_id", flat=True
    )[:1]


def open_session(
    account: Account, *, device: str, proved_at: datetime | None, now: datetime, new_device: bool = False
) -> SignedIn:
    """Start a session for an account that was just proved. Raises AccountFrozen or WrongCredentials.

    `proved_at` as `sessions.start` has it.

    The first session ever, by the activation password, is no news to the owner.
    """
    if account.frozen_at is not None:
        raise AccountFrozen(frozen_at=account.frozen_at)
    with transaction.atomic():
        # While the hash was being computed the password may have been replaced: then it is a wrong one.
        same = Account.objects.filter(
            person_id=account.person_id, password=account.password, frozen_at__isnull=True
        )
        if not same.update(last_sign_in_at=now):
            raise WrongCredentials
        token = sessions.start(account.person_id, device=device, proved_at=proved_at, now=now)
        audit.record("account.signed_in", subject=account.person_id, by=person(account.person_id), now=now)
        if new_device and account.kind == Account.CITIZEN and account.last_sign_in_at is not None:
            notify.tell(account.person_id, "new_device", now=now, facts=notify.seen(device, now))
    return SignedIn(token, account.person_id, account.kind, account.must_set_password)


def set_password(
    person_id: int, new: str, *, device: str, now: datetime, session_id: UUID | None = None
) -> SignedIn:
    """Set an own password: the activation password is dead, every session ends, a new one starts.

    Raises Invalid(password=…), or WrongCredentials when the session that asks (`session_id`) was ended
    meanwhile, as by a new activation password, or the account has gone to the code of another person.
    """
    with transaction.atomic():
        # The account, then its sessions, as a reset and an officer's new password do. A new activation
        # password that an officer gives now waits here, or was first and has ended the session that asks.
        account = Account.objects.select_for_update().filter(person_id=person_id).first()
        if account is None or (session_id is not None and not sessions.is_open(person_id, session_id)):
            raise WrongCredentials
        passwords.check_own(new, login=login_names.of(account))
        replaces_own = account.kind == Account.CITIZEN and not account.must_set_password
        account.password = passwords.hashed(new)
        account.activation_expires_at = None
        account.save(update_fields=["password", "activation_expires_at"])
        sessions.end_all(person_id)
        audit.record("account.password_set", subject=person_id, by=person(person_id), now=now)
        if replaces_own:
            notify.tell(person_id, "password_changed", now=now, facts=notify.seen(device, now))
        return open_session(account, device=device, proved_at=None, now=now)
