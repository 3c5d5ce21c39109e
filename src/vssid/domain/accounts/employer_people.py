"""Accounts of those who do an employer's HR work: opened, and let in again after a lock-out.

Which employers somebody works for is told by the seats of the room above; an account alone opens nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import Actor

from . import login_names
from .actions import find, insert, login_of
from .factors import resetting
from .models.accounts import Account
from .sign_in import passwords
from .user_names import check_user_name


@dataclass(frozen=True, slots=True)
class Opened:
    """A new account's number, and the activation code, which is kept nowhere; "" with an own password."""

    person_id: int
    activation: str


def create(
    username: str, *, display_name: str, password: str | None = None, by: Actor, now: datetime
) -> Opened:
    """Open an account. Without `password` an activation code opens it once, within settings.ACTIVATION_LIFE;
    with one it is the own one from the beginning. A second factor is set before anything else opens.

    Raises AlreadyHasAccount for a taken user name, Invalid(username=…, password=…).
    """
    login = login_of(username)
    check_user_name(login)
    if password is not None:
        passwords.check_own(password, login=login)
    activation = "" if password is not None else passwords.new_activation()
    with transaction.atomic():
        account = Account(
            person_id=vault.new_subject_id(),
            kind=Account.EMPLOYER,
            login=login,
            display_name=display_name,
            password=passwords.hashed(password or activation),
            activation_expires_at=now + settings.ACTIVATION_LIFE if activation else None,
            created_at=now,
        )
        insert(account, {login_names.key(login, Account.EMPLOYER)})
        audit.record("account.employer_created", subject=account.person_id, by=by, now=now)
    return Opened(account.person_id, activation)


def number_of(username: str) -> int | None:
    """The number of the account with this user name, however it was typed; None where there is none."""
    account = find(login_of(username), Account.EMPLOYER)
    return account.person_id if account else None


def give_activation(person_id: int, *, by: Actor, now: datetime) -> str:
    """A new activation code, shown once: the password before opens nothing more, every factor and recovery
    code is taken away, every session ends. Who may ask for it, the room of the seats says.
    """
    with transaction.atomic():
        account = Account.objects.select_for_update().get(person_id=person_id, kind=Account.EMPLOYER)
        activation, taken = resetting.reset(account, now=now)
        audit.record("account.employer_reset", subject=person_id, by=by, now=now, facts={"factors": taken})
    return activation
