"""Codes of authenticator apps (RFC 6238): SHA-1, 30 seconds, six digits, which is what every app can do."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

SECONDS, DIGITS, SECRET_BYTES = 30, 6, 20
# A clock may be one step off, either way (RFC 6238, 5.2).
DRIFT = 1


def new_secret() -> bytes:
    """A random secret of 160 bits, as long as the hash (RFC 4226, section 4)."""
    return secrets.token_bytes(SECRET_BYTES)


def step_of(at: datetime) -> int:
    """The number of the time step: spans of 30 seconds since 1970."""
    return int(at.timestamp()) // SECONDS


def code_at(secret: bytes, step: int) -> str:
    """The code of a time step (RFC 4226, section 5.3)."""
    mac = hmac.digest(secret, step.to_bytes(8), hashlib.sha1)
    begin = mac[-1] & 0xF
    number = int.from_bytes(mac[begin : begin + 4]) & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def matching_step(secret: bytes, code: str, *, now: datetime, drift: int = DRIFT) -> int | None:
    """The step whose code this is, the newest first; None when it is of none within `drift` steps of now.

    Compares with every step, so that the time taken says nothing.
    """
    here = step_of(now)
    steps = range(here + drift, here - drift - 1, -1)
    fitting = [step for step in steps if hmac.compare_digest(code_at(secret, step), code)]
    return fitting[0] if fitting else None


def written(secret: bytes) -> str:
    """The secret as apps take it when it is typed: base32 without padding."""
    return base64.b32encode(secret).rstrip(b"=").decode()


def in_groups(secret: bytes) -> str:
    """The same in groups of four, to be read and typed."""
    text = written(secret)
    return " ".join(text[begin : begin + 4] for begin in range(0, len(text), 4))


def address(secret: bytes, *, login: str, issuer: str) -> str:
    """What the QR code holds (Google's Key URI format, which every app reads)."""
    query = urlencode({"secret": written(secret), "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer)}:{quote(login)}?{query}"
