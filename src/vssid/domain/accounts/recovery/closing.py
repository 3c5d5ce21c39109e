"""Close an account: asked for, undone until the day comes, then done by a job.

What goes: the account, its login names, sessions, passkeys, phone and e-mail address. What remains: the
register, which is kept by law and not the account's, and the audit log.
"""

from __future__ import annotations

from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.casework import moves
from vssid.domain.casework.kinds import Act
from vssid.domain.verification.models import PhoneCode
from vssid.infra.database.away import reraise_lost
from vssid.kernel.actor import SYSTEM, person
from vssid.kernel.calendar import local_day

from ..contacts import newest, notify
from ..counter.moves import COUNTER
from ..counter.states import State
from ..models.accounts import Account, Claim, ContactChange, CounterRequest, LoginName
from ..sign_in import passkeys, sessions

log = structlog.get_logger(__name__)
BATCH = 500


def ask(person_id: int, *, now: datetime) -> bool:
    """Close it when the cooling-off days are over. Returns False when that was asked before."""
    close_at = now + settings.CLOSE_WAIT
    with transaction.atomic():
        rows = Account.objects.filter(person_id=person_id, kind=Account.CITIZEN)
        if not rows.filter(close_at__isnull=True).update(close_at=close_at):
            return False
        audit.record("account.closing_asked", subject=person_id, by=person(person_id), now=now)
        notify.tell(person_id, "closing_asked", now=now, facts={"close": local_day(close_at).isoformat()})
    return True


def keep(person_id: int, *, now: datetime) -> bool:
    """Think otherwise. Returns False when there was nothing to undo."""
    with transaction.atomic():
        rows = Account.objects.filter(person_id=person_id, kind=Account.CITIZEN)
        if not rows.filter(close_at__isnull=False).update(close_at=None):
            return False
        audit.record("account.closing_undone", subject=person_id, by=person(person_id), now=now)
        notify.tell(person_id, "closing_undone", now=now)
    return True


def close_due(now: datetime) -> int:
    """Close what is due, each by itself; one that fails is logged by its number. Returns how many closed."""
    due = Account.objects.filter(close_at__lte=now, kind=Account.CITIZEN).order_by("close_at")
    closed = 0
    for person_id in list(due.values_list("person_id", flat=True)[:BATCH]):
        try:
            closed += close(person_id, now=now)
        except Exception as error:
            reraise_lost(error)
            log.exception("account_close_failed", person=person_id)
    return closed


def close(person_id: int, *, now: datetime) -> bool:
    """Close one account if its day has come and nobody thought otherwise."""
    with transaction.atomic():
        rows = Account.objects.filter(person_id=person_id, kind=Account.CITIZEN, close_at__lte=now)
        # Asked again under the lock: the owner may have thought otherwise since the list was read.
        account = rows.select_for_update().first()
        if account is None:
            return False
        # First, since afterwards no phone is known any more.
        notify.tell(person_id, "account_closed", now=now)
        end_all(person_id, now=now)
        LoginName.objects.filter(person_id=person_id).delete()
        rows.delete()
        told = newest.facts(person_id, dict.fromkeys(newest.of_account(account), newest.NONE))
        audit.record("account.closed", subject=person_id, by=SYSTEM, now=now, facts=told)
    return True


def end_all(person_id: int, *, now: datetime) -> None:
    """End what hangs on a person's account, inside the caller's transaction: nothing that could sign in or
    change it is left, and no phone that was asked for.
    """
    sessions.end_all(person_id)
    passkeys.remove_all(person_id)
    for table in (Claim, ContactChange):
        table.objects.filter(person_id=person_id).delete()
    PhoneCode.objects.filter(subject_id=person_id).delete()
    requests = CounterRequest.objects.filter(person_id=person_id)
    # Locked, so that none is decided between this list and its move; the account is locked already.
    for row in requests.select_for_update().filter(state=State.OPEN).order_by("id"):
        moves.move(COUNTER, row, Act("end", SYSTEM, now))
    requests.update(sealed=None)
