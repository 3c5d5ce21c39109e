"""Take a factor away. The last one stays, and who takes one away has just proved one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.kernel.actor import person

from ..models.accounts import Account
from ..models.factors import AuthenticatorApp
from ..models.safety import Passkey
from ..sign_in import passkeys
from . import proofs
from .errors import LastFactor


def remove(person_id: int, factor_id: UUID, *, session_id: UUID, now: datetime) -> bool:
    """Take away an app or a passkey of the member's; twice is fine, another's is not there. Did this call?

    Raises ProofNeeded, LastFactor.
    """
    with transaction.atomic():
        # Two that are taken away at once wait here: else both would find the other one left.
        Account.objects.select_for_update().get(person_id=person_id, kind__in=Account.TWO_STEPS)
        apps = AuthenticatorApp.objects.filter(person_id=person_id, confirmed_at__isnull=False)
        app, key = apps.filter(id=factor_id), Passkey.objects.filter(person_id=person_id, id=factor_id)
        if not (app.exists() or key.exists()):
            return False
        proofs.check_may_change(person_id, session_id, now=now)
        if apps.count() + Passkey.objects.filter(person_id=person_id).count() <= 1:
            raise LastFactor
        kind = "app" if app.delete()[0] else "passkey"
        if kind == "passkey":
            passkeys.remove(person_id, factor_id, now=now)
        audit.record(
            "account.factor_removed",
            subject=person_id,
            by=person(person_id),
            now=now,
            facts={"factor": kind},
        )
    return True
