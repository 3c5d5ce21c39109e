"""The code on a statement: 60 random bits in letters and digits that are not mistaken for each other."""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 12, 4
_LIKE = str.maketrans("OIL", "011")


def new() -> str:
    """A fresh code, plain."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """As it is printed: `7K2M-04QX-9TRE`."""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read(typed: str) -> str | None:
    """The plain code of what was typed (any case, spaces, dashes; O for 0, I and L for 1), or None."""
    plain = "".join(ch for ch in typed[:60].upper() if ch.isascii() and ch.isalnum()).translate(_LIKE)
    return plain if len(plain) == LENGTH and all(ch in ALPHABET for ch in plain) else None
