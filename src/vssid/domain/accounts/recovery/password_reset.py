"""A forgotten password: a new one after a code; everything else that could sign in ends."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.kernel.actor import person

from .. import login_names
from ..actions import SignedIn, open_session
from ..contacts import notify
from ..errors import AccountFrozen, ClaimOver
from ..models.accounts import Account, Claim
from ..sign_in import passkeys, passwords, sessions
from . import claims


def finish(secret: str, new: str, *, device: str, now: datetime) -> SignedIn:
    """Set the new password of a proved claim and sign in here; passkeys and all other sessions end.

    Raises ClaimOver, AccountFrozen, or Invalid(password=…), after which the claim is still good.
    """
    with transaction.atomic():
        # In the same transaction as the password: one that is refused gives the claim back.
        person_id = claims.use(secret, Claim.RESET, now=now)
        account = Account.objects.select_for_update().filter(person_id=person_id).first()
        if account is None:
            raise ClaimOver
        if account.frozen_at is not None:
            raise AccountFrozen(frozen_at=account.frozen_at)
        passwords.check_own(new, login=login_names.of(account))
        account.password = passwords.hashed(new)
        account.activation_expires_at = None
        account.save(update_fields=["password", "activation_expires_at"])
        # Whoever had got in is out: by session, by passkey, or by another code that was asked for.
        sessions.end_all(person_id)
        passkeys.remove_all(person_id)
        claims.drop_all(person_id, Claim.RESET)
        audit.record("account.password_reset", subject=person_id, by=person(person_id), now=now)
        notify.tell(person_id, "password_reset", now=now)
        return open_session(account, device=device, proved_at=None, now=now)
