"""Codes printed for people to type again: letters and digits that are not mistaken for each other."""

from __future__ import annotations

import secrets

from .input_methods import readings
from .text import number_text

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
_LIKE = str.maketrans("OIL", "011")


def new(length: int) -> str:
    """A fresh code, plain: five random bits a letter."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def shown(code: str) -> str:
    """As it is printed: `7K2M-04QX-9TRE`."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read(typed: str, length: int) -> tuple[str, ...]:
    """The plain codes that what was typed may stand for: none, one, or one by each input method.

    Any case, spaces, dashes; O for 0, I and L for 1.
    """
    plain_codes = (_plain(reading, length) for reading in readings(number_text(typed[:200])[:60].upper()))
    return tuple(dict.fromkeys(code for code in plain_codes if code))


def _plain(typed: str, length: int) -> str | None:
    plain = "".join(ch for ch in typed if ch.isascii() and ch.isalnum()).translate(_LIKE)
    return plain if len(plain) == length and all(ch in ALPHABET for ch in plain) else None
