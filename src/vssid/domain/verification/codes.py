"""Six-digit codes to a phone or an e-mail address: five minutes, five tries, newest only, used once.

Stored as a keyed fingerprint (six digits would be guessed from a plain hash), compared in constant time.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F

from vssid.domain.notifications import actions as notifications
from vssid.domain.notifications.outbox import dead_addresses
from vssid.domain.vault import sealing as vault
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.ids import Phone
from vssid.kernel.redacted import Redacted
from vssid.kernel.text import digits

from . import limits, text_budgets
from .errors import CodeExpired, WrongCode
from .models import PhoneCode

MESSAGE_KIND = "phone_code"
KIND = "phone-code"


def _hash(subject_id: int, purpose: str, code: str) -> bytes:
    return vault.fingerprint(KIND, _said(subject_id, purpose, code))


def _said(subject_id: int, purpose: str, code: str) -> str:
    return f"{subject_id}:{purpose}:{code}"


def count(phone: Phone, *, address: str, now: datetime, again: str = "") -> None:
    """Count one code to this phone asked for from this address, sent or not. Raises Limited.

    `again` names what the code is for: asked for twice within a minute it is a double tap, `code_again`. The
    address is counted first, so that whoever must work for it has not used up the minute.
    A stranger's costs work and a text of the budget (`text_budgets`): ChallengeNeeded, TextsUsedUp.
    What somebody signed in asks for, or a device that has proved this phone (`proofs.Address.who`), counts
    for that account or such devices alone.
    """
    kind, _, number = getattr(address, "who", "").partition(":")
    if number:
        limits.hit(f"code_{kind}", number, now=now)
    else:
        text_budgets.ask_for_work(address, now=now)
        limits.hit("code_address", address, now=now)
    if again:
        limits.hit("code_again", again, now=now)
    if number:
        limits.hit("code_near", f"{phone.reveal()}|{kind}:{number}", now=now)
        return
    near = f"{phone.reveal()}|{limits.network(address)}"
    limits.hit("code_near", near, now=now, by=address)
    limits.hit("code_near_day", near, now=now, by=address)
    limits.hit("code_phone", phone.reveal(), now=now)
    text_budgets.spend(address, now=now)


def issue(
    purpose: str,
    subject_id: int,
    phone: Phone,
    *,
    address: str,
    now: datetime,
    kind: str = MESSAGE_KIND,
    again: str = "",
) -> str:
    """Send a new code; the one before is dead. Raises Limited by phone or address, or as `count` by `again`.

    Returns the code, which is kept nowhere, for who must send it to a second phone as well.
    """
    count(phone, address=address, now=now, again=again)
    with transaction.atomic():
        return send(purpose, subject_id, phone, now=now, kind=kind)


def send(
    purpose: str,
    subject_id: int,
    target: Phone | EmailAddress,
    *,
    now: datetime,
    kind: str,
    reader: int | None = None,
) -> str:
    """Make a code and queue its message, in the caller's transaction; returns the code. Counts nothing.

    `reader` is who reads it, where that is not the subject: in whose language it is.
    """
    code = make(purpose, subject_id, target, now=now)
    _queue(purpose, subject_id, target, code, now=now, kind=kind, reader=reader)
    return code


def issue_if_any(
    purpose: str, subject_id: int | None, phone: Phone, *, asked: str, address: str, now: datetime
) -> None:
    """As `issue`, by a door that must not tell whether there is what was asked for: without a subject it
    is done for nobody, and the text is taken back before anybody sees it. Raises Limited.

    `asked` names one browser's asking, and the code is good for it alone: what others ask for or try, who may
    know number and phone, neither ends this code nor uses up its tries or its minute.
    """
    count(phone, address=address, now=now, again=f"{purpose}:{asked}")
    to, asking = _nobody(phone) if subject_id is None else subject_id, _asking(asked)
    with transaction.atomic():
        vault.seal(to, purpose, b"")  # nobody has a key too, from the first time on
        code = make(purpose, asking, phone, now=now)
        before = transaction.savepoint()
        _queue(purpose, to, phone, code, now=now, kind=MESSAGE_KIND, asking=asking)
        (transaction.savepoint_rollback if subject_id is None else transaction.savepoint_commit)(before)


def check_if_any(
    purpose: str, subject_id: int | None, phone: Phone, code: str, *, asked: str, address: str, now: datetime
) -> None:
    """As `check`; a code for nobody, which went nowhere, opens nothing."""
    check(purpose, _asking(asked), phone, code, address=address, now=now)
    if subject_id is None:
        raise CodeExpired


def _asking(asked: str) -> int:
    """The number of a browser's asking, far below those of subjects and of nobody."""
    return -(1 << 40) - int.from_bytes(vault.fingerprint("code-asked", asked)[:7])


def _nobody(phone: Phone) -> int:
    """One of few numbers that no subject has."""
    return -1 - vault.fingerprint("code-nobody", phone.reveal())[0]


def _queue(
    purpose: str,
    subject_id: int,
    target: Phone | EmailAddress,
    code: str,
    *,
    now: datetime,
    kind: str,
    asking: int | None = None,
    reader: int | None = None,
) -> None:
    notifications.send_code(
        to=target,
        code=code,
        kind=kind,
        subject_id=subject_id,
        now=now,
        expires_in=settings.PHONE_CODE_LIFE,
        series=f"code:{purpose}:{subject_id if asking is None else asking}",
        reader=reader,
    )


def make(purpose: str, subject_id: int, target: Redacted, *, now: datetime) -> str:
    """A new code for a phone or e-mail address; nothing is sent. The one before is dead."""
    code = f"{secrets.randbelow(10**6):06d}"
    row = PhoneCode(
        subject_id=subject_id,
        purpose=purpose,
        code_hash=_hash(subject_id, purpose, code),
        phone_fingerprint=vault.fingerprint("phone", target.reveal()),
        issued_at=now,
        expires_at=now + settings.PHONE_CODE_LIFE,
    )
    # One statement, so that of two asked for at once the later replaces the earlier.
    PhoneCode.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["subject_id", "purpose"],
        update_fields=["code_hash", "phone_fingerprint", "issued_at", "expires_at", "tries"],
    )
    return code


def check(purpose: str, subject_id: int, phone: Redacted, code: str, *, address: str, now: datetime) -> None:
    """Use up the code. Raises WrongCode with the tries left, CodeExpired, or Limited by address.

    A code sent to another phone or e-mail address than `phone` counts as expired: it was changed meanwhile.
    The right one shows that messages arrive there.
    """
    limits.hit("code_check_address", address, now=now)
    rows = PhoneCode.objects.filter(subject_id=subject_id, purpose=purpose)
    # The try is counted before the comparison, so parallel guesses cannot share one.
    if not rows.filter(expires_at__gt=now, tries__lt=settings.PHONE_CODE_TRIES).update(tries=F("tries") + 1):
        raise CodeExpired
    row = rows.first()
    if row is None or bytes(row.phone_fingerprint) not in vault.fingerprints("phone", phone.reveal()):
        raise CodeExpired
    said = vault.fingerprints(KIND, _said(subject_id, purpose, digits(code)))
    if not any(hmac.compare_digest(bytes(row.code_hash), fingerprint) for fingerprint in said):
        left = settings.PHONE_CODE_TRIES - row.tries
        if left <= 0:
            rows.filter(code_hash=row.code_hash).delete()
            raise CodeExpired
        raise WrongCode(tries_left=left)
    deleted, _ = rows.filter(code_hash=row.code_hash).delete()
    if not deleted:
        raise CodeExpired
    dead_addresses.lift(phone)


def expires_at(purpose: str, subject_id: int) -> datetime | None:
    """When the live code ends, or None when there is none."""
    row = PhoneCode.objects.filter(subject_id=subject_id, purpose=purpose).first()
    return row.expires_at if row else None


def sweep(now: datetime) -> None:
    """Forget codes whose time is over."""
    PhoneCode.objects.filter(expires_at__lt=now).delete()
