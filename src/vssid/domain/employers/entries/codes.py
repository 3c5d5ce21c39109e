"""The code of an entry: six letters that name it and fourteen that prove it (70 random bits)."""

from __future__ import annotations

import hashlib

from vssid.kernel import printed_codes

from ..models.entries import Entry

shown = printed_codes.shown


def new() -> str:
    """A fresh code, plain."""
    return printed_codes.new(Entry.LENGTH)


def read(typed: str) -> tuple[str, ...]:
    """The plain codes that what was typed may stand for (`printed_codes.read`)."""
    return printed_codes.read(typed, Entry.LENGTH)


def name_part(code: str) -> str:
    """What an entry is found by."""
    return code[: Entry.NAME_LENGTH]


def hashed(code: str) -> bytes:
    """What is kept of a code; too many bits to be tried out."""
    return hashlib.sha256(f"entry:{code}".encode()).digest()
