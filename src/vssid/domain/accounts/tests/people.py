"""Lan and Tuấn as accounts, and what these tests read from their phones."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from procrastinate.contrib.django.models import ProcrastinateJob

from tests.making.sms import texts_to
from tests.runner.snapshots import snapshot
from vssid.domain.notifications.models.messages import Message
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import SYSTEM
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.ids import BhxhCode, IdNumber, Phone

from .. import actions
from ..contacts import notify
from ..guardianship import trusted
from ..models.accounts import Account, Claim
from ..recovery import answering, claims

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
OWN = "hoa sen trang 99"
PHONE = Phone.parse("0912345678")
NEW_PHONE = Phone.parse("0987654321")
EMAIL = EmailAddress.parse("lan@example.vn")
LAN, TUAN = 7, 8
ADDRESS = "203.0.113.5"


@snapshot
def make_account(person_id: int = LAN, *, email: bool = False, own: bool = True) -> str:
    """An account with an own password (or only the activation one, which is returned)."""
    code = BhxhCode(f"000000000{person_id}")
    owner = actions.Owner(person_id, code, "Nguyễn Thị Lan", PHONE, IdNumber(f"03119000000{person_id}"))
    activation = actions.open_for(owner, by=SYSTEM, subject=900, now=NOW)
    if own:
        actions.set_password(person_id, OWN, device="test", now=NOW)
    if email:
        sealed = vault.seal(person_id, notify.EMAIL, EMAIL.reveal().encode())
        Account.objects.filter(person_id=person_id).update(email=sealed)
    return activation


def login(person_id: int = LAN) -> str:
    """The BHXH code of a test person."""
    return f"000000000{person_id}"


@snapshot
def ask(
    secret="s1", purpose=Claim.RESET, name=None, channel=Claim.SMS, *, known=False, address=ADDRESS, now=NOW
):
    """Ask for a code without a session and let the worker answer."""
    claims.ask(purpose, name or login(), channel, secret=secret, address=address, known_device=known, now=now)
    work(now)
    return Claim.objects.order_by("-id").first()


def work(now=NOW) -> int:
    """Do the waiting jobs of claims; returns how many there were."""
    jobs = list(ProcrastinateJob.objects.filter(task_name=claims.JOB).order_by("id"))
    for job in jobs:
        answering.answer(job.args["claim_id"], now=now)
    return len(jobs)


def code_of(claim: Claim) -> str:
    """The newest code of a claim, read from the phone."""
    return digits(texts_to(claim.id, f"{claim.purpose}_code")[-1])


def digits(text: str) -> str:
    """The six digits in a text."""
    match = re.search(r"\b\d{6}\b", text)
    assert match is not None
    return match.group()


def other_than(code: str) -> str:
    """A wrong code."""
    return "000000" if code != "000000" else "111111"


def kinds_to(subject_id: int) -> list[str]:
    """The kinds of the texts to a person, oldest first."""
    rows = Message.objects.filter(subject_id=subject_id).order_by("created_at", "id")
    return list(rows.values_list("kind", flat=True))


@snapshot
def trust(person_id: int = LAN, phone: Phone = NEW_PHONE, *, agreed: bool = True) -> None:
    """Name a trusted person whose phone has agreed or not yet."""
    trusted.ask(person_id, "Bình", phone, address=ADDRESS, now=NOW)
    if agreed:
        code = digits(texts_to(person_id, "trusted_ask")[-1])
        trusted.agree(person_id, code, address=ADDRESS, now=NOW)
