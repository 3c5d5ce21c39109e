"""The code on a statement: 60 random bits."""

from __future__ import annotations

from vssid.kernel import printed_codes

LENGTH = 12
shown = printed_codes.shown


def new() -> str:
    """A fresh code, plain."""
    return printed_codes.new(LENGTH)


def read(typed: str) -> tuple[str, ...]:
    """The plain codes that what was typed may stand for (`printed_codes.read`)."""
    return printed_codes.read(typed, LENGTH)
