"""Prove without a session that one is the owner: a code to the phone or the confirmed e-mail address.

The web's part is the same for every login name, known or not: one row and one job. The job finds the account
and sends; where there is none it makes a code that nobody gets, so trying codes looks alike too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from vssid.domain.notifications import actions as notifications
from vssid.domain.notifications.queries import MessageView, latest
from vssid.domain.vault import sealing as vault
from vssid.domain.verification import codes, limits, text_budgets
from vssid.infra import mail
from vssid.infra.jobs import defer
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.ids import Phone
from vssid.kernel.redacted import Redacted

from .. import actions
from ..contacts import notify
from ..errors import ClaimOver
from ..guardianship import trusted
from ..models.accounts import Account, Claim

JOB = "accounts.answer_claim"
SEALED_FOR = "account-claim"
AGAIN_AFTER = timedelta(minutes=1)
KNOWN = "|known"


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as its browser may see it. `message` is told only to a device the account knows, or once
    the code was entered: delivery would tell others that there is an account.
    """

    purpose: str
    channel: str
    state: str
    person_id: int | None
    asked_at: datetime
    again_at: datetime
    message: MessageView | None = None
    other_message: MessageView | None = None
    """The one to the trusted person, under the same condition."""


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def ask(
    purpose: str,
    name: str,
    channel: str,
    *,
    secret: str,
    address: str,
    known_device: bool,
    now: datetime,
    before: str = "",
) -> None:
    """Claim to be the owner of a login name; `secret` is the browser's, and names the claim afterwards.

    The same secret twice (a double tap) is one claim and one code. The browser's claim `before` is over: its
    code is not sent any more and opens nothing. Raises Limited.
    """
    if Claim.objects.filter(secret_hash=_hash(secret)).exists():
        return
    login = actions.login_of(name)[:70]
    near = _near(purpose, login, address, known_device)
    _count(near, channel, address, now)
    claim_id = vault.new_subject_id()
    with transaction.atomic():
        _overtake(purpose, before, now)
        row = Claim(
            id=claim_id,
            secret_hash=_hash(secret),
            purpose=purpose,
            channel=channel,
            sealed=seal(claim_id, {"login": login, "known": known_device, "near": near}, answers=0),
            asked_at=now,
            expires_at=now + settings.CLAIM_LIFE,
        )
        # Of two taps at once the second finds the row of the first and asks nothing.
        Claim.objects.bulk_create([row], ignore_conflicts=True)
        if Claim.objects.filter(id=claim_id).exists():
            defer(JOB, queue="sms", priority=10, claim_id=claim_id)


def seal(claim_id: int, said: Mapping[str, Any], *, answers: int) -> bytes:
    """What a claim says, bound to the number of its answers: each answer writes it anew."""
    return vault.seal_json(claim_id, SEALED_FOR, dict(said), row=answers)


def said_of(row: Claim) -> dict[str, Any]:
    """What was said: login name, whether the browser was known, and by which way a code went."""
    said: dict[str, Any] = vault.unseal_json(row.id, SEALED_FOR, row.sealed, row=row.answers)
    return said


def _overtake(purpose: str, secret: str, now: datetime) -> None:
    rows = Claim.objects.filter(secret_hash=_hash(secret), purpose=purpose, state=Claim.OPEN)
    # Locked: the job that answers waits, then finds the claim over and sends nothing.
    for claim_id in rows.select_for_update().values_list("id", flat=True):
        Claim.objects.filter(id=claim_id).update(expires_at=now)
        notifications.cancel(claim_id, f"{purpose}_code", now=now)


def _near(purpose: str, login: str, address: str, known_device: bool) -> str:
    return f"{purpose}|{login}" + (KNOWN if known_device else "|" + limits.network(address))


def _count(near: str, channel: str, address: str, now: datetime) -> None:
    """What a known device asks for counts for it alone, whoever is behind the same address.

    A stranger's text costs work and a text of the budget, an e-mail does not.
    """
    if near.endswith(KNOWN):
        limits.hit("claim_near", near, now=now)
        return
    if channel != Claim.EMAIL:
        text_budgets.ask_for_work(address, now=now)
    limits.hit("claim_address", address, now=now)
    limits.hit("claim_near", near, now=now, by=address)
    limits.hit("claim_near_day", near, now=now, by=address)
    limits.hit("claim_name", near.rpartition("|")[0], now=now)
    if channel != Claim.EMAIL:
        text_budgets.spend(address, now=now)


def ask_again(secret: str, *, address: str, now: datetime) -> None:
    """Ask for another code; the one before is dead. Within a minute it is a double tap.

    Raises ClaimOver or Limited.
    """
    row = _live(secret, Claim.OPEN, now)
    rows = Claim.objects.filter(id=row.id, state=Claim.OPEN)
    due = rows.filter(asked_at__lte=now - AGAIN_AFTER)
    if not due.exists():
        return
    _count(said_of(row)["near"], row.channel, address, now)
    with transaction.atomic():
        if due.update(asks=F("asks") + 1, asked_at=now):
            defer(JOB, queue="sms", priority=10, claim_id=row.id)


def target_of(account: Account | None, channel: str) -> Phone | EmailAddress | None:
    """Where a code for this account goes by this channel; None when nowhere."""
    if account is None:
        return None
    if channel == Claim.EMAIL:
        return notify.email_of(account) if mail.is_offered() else None
    return notify.phone_of(account)


def nobody(claim_id: int) -> Redacted:
    """What a code is bound to that nobody gets."""
    return Redacted(f"claim:{claim_id}")


def view(secret: str, *, now: datetime) -> ClaimView | None:
    """The claim of this browser, or None when there is none or it is over."""
    try:
        row = _live(secret, Claim.OPEN, now)
    except ClaimOver:
        try:
            row = _live(secret, Claim.PROVED, now)
        except ClaimOver:
            return None
    told = row.state != Claim.OPEN or said_of(row)["known"]
    return ClaimView(
        purpose=row.purpose,
        channel=row.channel,
        state=row.state,
        person_id=row.person_id if row.state != Claim.OPEN else None,
        asked_at=row.asked_at,
        again_at=row.asked_at + AGAIN_AFTER,
        message=latest(row.id, f"{row.purpose}_code") if told else None,
        other_message=_to_trusted(row) if told else None,
    )


def _to_trusted(row: Claim) -> MessageView | None:
    if row.channel != Claim.BOTH or row.person_id is None:
        return None
    message = latest(row.person_id, trusted.CODE)
    return message if message and message.created_at >= row.asked_at else None


def _live(secret: str, state: str, now: datetime, purpose: str = "") -> Claim:
    row = Claim.objects.filter(secret_hash=_hash(secret), state=state, expires_at__gt=now).first()
    if row is None or (purpose and row.purpose != purpose):
        raise ClaimOver
    return row


def enter(secret: str, purpose: str, code: str, *, address: str, now: datetime) -> int:
    """Use up the code; the claim is proved. Returns the person's number.

    Raises ClaimOver, WrongCode, CodeExpired or Limited, each also where there is no account.
    """
    row = _live(secret, Claim.OPEN, now, purpose)
    # Asked also for a name without an account, and as often unsealed: time must not tell.
    account = Account.objects.filter(person_id=row.person_id or 0).first()
    said = said_of(row)
    target: Redacted | None = target_of(account, said.get("by", row.channel))
    if target is None:
        said_of(row)
        target = nobody(row.id)
    codes.check(row.purpose, row.id, target, code, address=address, now=now)
    if row.person_id is None:
        raise ClaimOver
    proved = Claim.objects.filter(id=row.id, state=Claim.OPEN)
    if not proved.update(state=Claim.PROVED, expires_at=now + settings.CLAIM_PROVED_LIFE):
        raise ClaimOver
    return row.person_id


def use(secret: str, purpose: str, *, now: datetime) -> int:
    """Use up a proved claim in the caller's transaction; returns the person's number. Raises ClaimOver."""
    row = _live(secret, Claim.PROVED, now, purpose)
    assert row.person_id is not None  # accounts_claim_proved_names_person
    # The account before its claims, as closing and merging lock them: else each waits for the other.
    Account.objects.select_for_update().filter(person_id=row.person_id).first()
    if not Claim.objects.filter(id=row.id, state=Claim.PROVED).update(state=Claim.DONE):
        raise ClaimOver
    return row.person_id


def drop_all(person_id: int, purpose: str) -> None:
    """End every other claim of a person for a purpose: what one code has opened no second one opens."""
    Claim.objects.filter(person_id=person_id, purpose=purpose).exclude(state=Claim.DONE).delete()


def sweep(now: datetime) -> int:
    """Forget claims that are over, with their keys; returns how many."""
    over = list(
        Claim.objects.filter(expires_at__lt=now - timedelta(days=1)).values_list("id", flat=True)[:5000]
    )
    for claim_id in over:
        vault.erase(claim_id)
    Claim.objects.filter(id__in=over).delete()
    return len(over)
