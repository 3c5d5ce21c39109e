"""Whose fault a provider's refusal is: one table a provider, the first row that fits decides.

An answer that no row knows is ours: what we send is the same for everybody, and a message that was given up
by mistake is lost, while one that is tried again too often ends with its own time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from . import Gone, NotTaken, OurFault, Refused, Unavailable, Unsure


class Fault(StrEnum):
    """Whose."""

    MESSAGE = "message"
    ADDRESS = "address"
    OURS = "ours"
    NOBODY = "nobody"  # busy, away: for now
    UNSURE = "unsure"  # it may have been taken


class Step(StrEnum):
    """How far a talk with a mail server had come."""

    HELLO = "hello"
    LOGIN = "login"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    END = "end"


@dataclass(frozen=True, slots=True)
class Row:
    """Codes from `first` to `last`, whose text holds `says` (any text), at `steps` (any step)."""

    fault: Fault
    first: int
    last: int
    says: str = ""
    steps: frozenset[Step] = frozenset(Step)

    def fits(self, code: int, text: str, step: Step) -> bool:
        """Is this the row of the answer?"""
        within = self.first <= code <= self.last and step in self.steps
        return within and re.search(self.says, text, re.IGNORECASE) is not None


BEFORE = frozenset({Step.HELLO, Step.LOGIN, Step.MAIL})
TO, TEXT = frozenset({Step.RCPT}), frozenset({Step.DATA, Step.END})
# Enhanced codes of RFC 3463: 5.1.7, 5.1.8 and 5.7 speak of the sender; texts where servers give none.
_SENDER = (
    r"\b5\.(1\.[78]|7\.\d+)\b|dmarc|dkim|\bspf\b|authenticat|sender|relay|black ?-?list|block ?-?list|"
    r"blocked|dnsbl|spamhaus|reputation|reverse dns|\bptr\b|\bhelo\b"
)
_NO_MAILBOX = (
    r"\b5\.(1\.([12346]|10)|2\.[012]|4\.[14])\b|no such|unknown user|user unknown|unknown recipient|"
    r"(mailbox|user|account|recipient|address) (is )?(not found|unavailable|disabled|inactive|full)|"
    r"does ?n.t exist|does not exist|recipient address rejected|over ?quota|quota exceeded|null ?mx"
)

SMTP: tuple[Row, ...] = (
    # Gmail and others put off what fails DMARC before they refuse it.
    Row(Fault.OURS, 400, 499, r"dmarc|dkim|\bspf\b|4\.7\.(2[6-9]|3\d)"),
    Row(Fault.NOBODY, 400, 499),
    Row(Fault.OURS, 500, 599, steps=BEFORE),
    Row(Fault.MESSAGE, 500, 599, r"\b5\.(2\.3|3\.4|6\.\d+)\b"),
    Row(Fault.OURS, 500, 599, _SENDER),
    Row(Fault.ADDRESS, 500, 599, _NO_MAILBOX),
    # RFC 5321: at RCPT these say that there is no such mailbox here.
    Row(Fault.ADDRESS, 550, 553, steps=TO),
    Row(Fault.ADDRESS, 556, 556, steps=TO),
    Row(Fault.MESSAGE, 550, 554, steps=TEXT),
)

PUSH: tuple[Row, ...] = (
    Row(Fault.ADDRESS, 404, 404),
    Row(Fault.ADDRESS, 410, 410),
    Row(Fault.MESSAGE, 413, 413),
    Row(Fault.NOBODY, 406, 406),  # how Microsoft says "too many"
    Row(Fault.NOBODY, 408, 408),
    Row(Fault.NOBODY, 425, 425),
    Row(Fault.NOBODY, 429, 429),
    # The other 400, and 401, 403: Apple's BadJwtToken and VapidPkHashMismatch, Google's
    # UnauthorizedRegistration and InvalidTtl, Mozilla's errno 109 speak of our token and key.
    Row(Fault.ADDRESS, 400, 400, r"BadDeviceToken|InvalidRegistration|InvalidTokenFormat"),
    Row(Fault.NOBODY, 500, 599),
)

# userguide 1.4.5 and gw/smsbox.c. Anything before 500 means that smsbox took nothing.
KANNEL: tuple[Row, ...] = (
    Row(Fault.ADDRESS, 400, 403, r"receiver number not allowed|black-lists"),
    Row(Fault.MESSAGE, 413, 413),
    Row(Fault.NOBODY, 429, 429),
    Row(Fault.NOBODY, 503, 503),
    # A proxy's may stand before a smsbox that took the message.
    Row(Fault.UNSURE, 500, 599),
)


def judge(table: Iterable[Row], code: int, text: str = "", step: Step = Step.END) -> Fault:
    """Whose fault an answer is."""
    return next((row.fault for row in table if row.fits(code, text, step)), Fault.OURS)


def refusal(
    fault: Fault, reason: str, *, provider: str = "", retry_after: timedelta | None = None
) -> NotTaken:
    """The error that says so."""
    if fault is Fault.OURS:
        return OurFault(reason, provider=provider, retry_after=retry_after)
    if fault is Fault.NOBODY:
        return Unavailable(reason, provider=provider, retry_after=retry_after)
    kinds: dict[Fault, type[NotTaken]] = {
        Fault.MESSAGE: Refused,
        Fault.ADDRESS: Gone,
        Fault.UNSURE: Unsure,
    }
    return kinds[fault](reason, provider=provider)
