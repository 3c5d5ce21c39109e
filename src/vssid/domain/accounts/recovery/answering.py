"""The job's part of a claim: find the account and send a code, or make one that nobody gets."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vssid.domain.notifications.outbox import dead_addresses
from vssid.domain.verification import codes, limits
from vssid.domain.verification.errors import Limited
from vssid.infra import mail
from vssid.kernel.calendar import VIETNAM
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.ids import Phone
from vssid.kernel.redacted import Redacted

from .. import actions
from ..contacts import newest, notify
from ..counter import second_officer
from ..guardianship import trusted
from ..models.accounts import Account, Claim
from .claims import nobody, said_of, seal, target_of


def answer(claim_id: int, *, now: datetime) -> None:
    """Find the account and send it a code; run twice it sends one."""
    row = Claim.objects.filter(id=claim_id, state=Claim.OPEN, expires_at__gt=now).first()
    if row is None or row.answers >= row.asks:
        return
    said = said_of(row)
    account = actions.find(said["login"], Account.CITIZEN)
    way = _way(account, row.channel)
    target = target_of(account, way)
    if account is not None and target is not None and not _may_send(account, known=said["known"], now=now):
        target = None
    if account is not None and target is not None and not _is_newest(account, target, now):
        target = None
    too_new = _is_too_new(account, row, target, now)
    with transaction.atomic():
        # The job may run twice, also at the same time: only the one that catches up with what was asked
        # sends. Asked once more meanwhile, the job of that does.
        behind = Claim.objects.filter(
            id=claim_id, state=Claim.OPEN, asks=row.asks, answers__lt=row.asks, expires_at__gt=now
        )
        if not behind.update(
            answers=row.asks,
            person_id=account.person_id if account and target and not too_new else None,
            sealed=seal(claim_id, said | {"by": way}, answers=row.asks),
        ):
            return
        # Every ask makes a code, so that an account to which nothing may go looks like any other.
        if too_new is not None and account is not None:
            codes.make(row.purpose, claim_id, nobody(claim_id), now=now)
            notify.tell(account.person_id, "reset_later", now=now, facts={"until": _moment(too_new)})
        elif target is None:
            codes.make(row.purpose, claim_id, nobody(claim_id), now=now)
        else:
            kind, reader = f"{row.purpose}_code", account.person_id if account else None
            code = codes.send(row.purpose, row.id, target, now=now, kind=kind, reader=reader)
            if row.channel == Claim.BOTH and account is not None:
                trusted.send_code(account.person_id, code, now=now)


def _is_newest(account: Account, target: Phone | EmailAddress, now: datetime) -> bool:
    """No code goes to a phone or address that was put back by hand."""
    place = newest.PHONE if isinstance(target, Phone) else newest.EMAIL
    return newest.is_newest(account.person_id, place, newest.of_account(account)[place], now=now)


def _is_too_new(
    account: Account | None, row: Claim, target: Redacted | None, now: datetime
) -> datetime | None:
    """Until when the phone sets no new password, because an officer alone has just set it (`second`)."""
    if account is None or row.purpose != Claim.RESET or not isinstance(target, Phone):
        return None
    return second_officer.until(account, now)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M, %d/%m/%Y}"


def _way(account: Account | None, channel: str) -> str:
    """The way that was asked for, or the other one where nothing arrives by it any more."""
    if account is None or not mail.is_offered():
        return channel
    phone, email = notify.phone_of(account), notify.email_of(account)
    asked, other = (email, phone) if channel == Claim.EMAIL else (phone, email)
    if other is None or dead_addresses.of(asked) is None or dead_addresses.of(other) is not None:
        return channel
    return Claim.SMS if channel == Claim.EMAIL else Claim.EMAIL


def _may_send(account: Account, *, known: bool, now: datetime) -> bool:
    """Room for one more code today? Devices the account knows have a room of their own.

    A stranger's ask was counted before by the name typed, which tells when it is refused (`claim_name`).
    """
    try:
        limits.hit("claim_to", f"{account.person_id}|{known}", now=now)
    except Limited:
        return False
    return True
