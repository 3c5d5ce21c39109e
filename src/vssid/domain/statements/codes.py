"""The code on a statement: 60 random bits in letters and digits that are not mistaken for each other."""

from __future__ import annotations

import secrets

from vssid.kernel.input_methods import readings
from vssid.kernel.text import number_text

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 12, 4
_LIKE = str.maketrans("OIL", "011")


def new() -> str:
    """A fresh code, plain."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """As it is printed: `7K2M-04QX-9TRE`."""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read(typed: str) -> tuple[str, ...]:
    """The plain codes that what was typed may stand for: none, one, or one by each input method.

    Any case, spaces, dashes; O for 0, I and L for 1.
    """
    plain_codes = (_plain(reading) for reading in readings(number_text(typed[:200])[:60].upper()))
    return tuple(dict.fromkeys(code for code in plain_codes if code))


def _plain(typed: str) -> str | None:
    plain = "".join(ch for ch in typed if ch.isascii() and ch.isalnum()).translate(_LIKE)
    return plain if len(plain) == LENGTH and all(ch in ALPHABET for ch in plain) else None
