"""Freeze an account at once, and open it again.

To freeze takes the password, a code sent to the account's phone, or a session: nobody else can lock the
owner out. To thaw takes an officer, or after a cooling-off time a code and the password together.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.verification import limits
from vssid.kernel.actor import Actor, person

from .. import actions
from ..contacts import notify
from ..errors import ClaimOver, TooSoon, WrongCredentials
from ..models.accounts import Account, Claim
from ..sign_in import passwords, sessions
from . import claims


def freeze(person_id: int, *, by: Actor, how: str, now: datetime) -> bool:
    """No sign-in, no session any more, and no closing. Returns False when it was frozen before.

    Whoever got in may have asked to close it: the owner, shut out, could not think otherwise.
    """
    with transaction.atomic():
        rows = Account.objects.filter(person_id=person_id, kind=Account.CITIZEN)
        if not rows.filter(frozen_at__isnull=True).update(frozen_at=now, close_at=None):
            return False
        sessions.end_all(person_id)
        audit.record("account.frozen", subject=person_id, by=by, now=now, facts={"how": how})
        notify.tell(person_id, "account_frozen", now=now)
    return True


def freeze_by_password(name: str, password: str, *, address: str, known_device: bool, now: datetime) -> None:
    """Freeze without a session. Raises WrongCredentials or Limited, as signing in does."""
    account = actions.prove(
        name, password, kind=Account.CITIZEN, address=address, known_device=known_device, now=now
    )
    freeze(account.person_id, by=person(account.person_id), how="password", now=now)


def freeze_by_code(secret: str, code: str, *, address: str, now: datetime) -> None:
    """Freeze with the code of a claim. Raises what claims.enter does."""
    seen = claims.view(secret, now=now)
    # Proved already when the server stopped between the code and the freezing: go on from there.
    if seen is None or seen.state != Claim.PROVED:
        claims.enter(secret, Claim.FREEZE, code, address=address, now=now)
    # The claim is used up only together with the freezing; a crash between leaves it good.
    with transaction.atomic():
        person_id = claims.use(secret, Claim.FREEZE, now=now)
        freeze(person_id, by=person(person_id), how="code", now=now)


def thaw(person_id: int, *, by: Actor, how: str, now: datetime) -> bool:
    """Open it again. Returns False when it was not frozen."""
    with transaction.atomic():
        rows = Account.objects.filter(person_id=person_id, kind=Account.CITIZEN)
        if not rows.filter(frozen_at__isnull=False).update(frozen_at=None):
            return False
        audit.record("account.thawed", subject=person_id, by=by, now=now, facts={"how": how})
        notify.tell(person_id, "account_thawed", now=now)
    return True


def thaws_at(frozen_at: datetime) -> datetime:
    """From when the owner may open it without an officer."""
    at: datetime = frozen_at + settings.THAW_WAIT
    return at


def thaw_by_code(secret: str, password: str, *, address: str, now: datetime) -> None:
    """Open it with a proved claim and the password. Raises ClaimOver, WrongCredentials, TooSoon or Limited.

    A wrong password leaves the claim good, in as many tries as signing in has.
    """
    seen = claims.view(secret, now=now)
    if seen is None or seen.person_id is None or seen.purpose != Claim.THAW:
        raise ClaimOver
    # Counted before the password is looked at, by person and network as signing in is.
    limits.hit("sign_in_pair", f"thaw|{seen.person_id}|{limits.network(address)}", now=now)
    account = Account.objects.filter(person_id=seen.person_id).first()
    if account is None:
        raise ClaimOver
    if not passwords.matches(password, account.password):
        raise WrongCredentials
    if account.frozen_at is not None and now < thaws_at(account.frozen_at):
        raise TooSoon(at=thaws_at(account.frozen_at))
    with transaction.atomic():
        claims.use(secret, Claim.THAW, now=now)
        thaw(account.person_id, by=person(account.person_id), how="code", now=now)
