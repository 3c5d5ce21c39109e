"""The BHXH code of an application, as it lies in the database.

A code of twelve digits is an ID number: its column holds the hex of a keyed fingerprint. The form holds the
code itself, sealed. Older versions wrote it plain; `seal_plain` takes that away.
"""

from __future__ import annotations

import re
import time

from django.db import transaction

from vssid.domain.vault import sealing as vault
from vssid.kernel.ids import BhxhCode

from .models import Application

KIND = "application-code"
AT_ONCE = 1_000
_LONGEST = 64
# As the partial index has it (migration 0007).
PLAIN = r"^\d{12}$"
_PERSONAL = re.compile(PLAIN, re.ASCII)


def stored(code: BhxhCode) -> str:
    """What the column holds for a code."""
    plain = code.reveal()
    return vault.fingerprint(KIND, plain).hex() if _PERSONAL.fullmatch(plain) else plain


def possible(code: BhxhCode) -> list[str]:
    """What the column may hold for a code: by an older version or under an older key too."""
    plain = code.reveal()
    if not _PERSONAL.fullmatch(plain):
        return [plain]
    return [plain, *(fingerprint.hex() for fingerprint in vault.fingerprints(KIND, plain))]


def of_trial(code: BhxhCode) -> str:
    """What the column holds for the code of a made-up person: what no code of a person is stored as."""
    return _marked(stored(code))


def sought(code: BhxhCode) -> list[str]:
    """What the column may hold for a code in the desk's own search."""
    codes = possible(code)
    return [*codes, *map(_marked, codes)]


def _marked(column: str) -> str:
    return f"T{column}"[:_LONGEST]


def settle(code: BhxhCode) -> None:
    """Give all applications of a code what the column holds today, so that one is open and no more."""
    now, *others = stored(code), *possible(code)
    if older := [other for other in others if other != now]:
        Application.objects.filter(bhxh_code__in=older).update(bhxh_code=now)


def is_any_plain() -> bool:
    """Did an older version leave an ID number as a code?"""
    return Application.objects.filter(bhxh_code__regex=PLAIN).exists()


def plain_left() -> int:
    """How many rows it left."""
    return Application.objects.filter(bhxh_code__regex=PLAIN).count()


def seal_plain(*, seconds: float | None = None) -> int:
    """Seal what is left, some codes a transaction; returns how many rows. Begins nothing after `seconds`."""
    until = None if seconds is None else time.monotonic() + seconds
    before = plain_left()
    while until is None or time.monotonic() < until:
        plain = Application.objects.filter(bhxh_code__regex=PLAIN).values_list("bhxh_code", flat=True)
        if not (codes := set(plain[:AT_ONCE])):
            break
        with transaction.atomic():
            for code in sorted(codes):
                settle(BhxhCode(code))
    return before - plain_left()
