"""A challenge where many ask: work for the browser, or a sum for a person without a script.

Nothing is stored for one that is given: it is signed, ends after some minutes, and is good once (`limits`).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.utils.crypto import salted_hmac

from . import limits
from .errors import Limited

SALT = "accounts.proof"
LIFE = 600  # seconds
# Leading zero bits of SHA-256: about 33,000 hashes, a second or two on a cheap phone.
BITS = 15


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a page shows: `left` + `right`; or find work so that sha256(nonce:work) begins with BITS zeros."""

    token: str
    nonce: str
    left: int
    right: int
    bits: int = BITS


@dataclass(frozen=True, slots=True)
class Proof:
    """What came back: the token, and a sum or the work."""

    token: str = ""
    answer: str = ""
    work: str = ""


NO_PROOF = Proof()


class Address(str):
    """Where a request comes from, as limits count it (`limits.place`), with the proof of work it brought.

    `who` is the account that is signed in there, as `citizen:7` or `staff:8`; empty for a stranger.
    """

    proof: Proof
    who: str
    _solved: bool | None

    def __new__(cls, address: str, proof: Proof = NO_PROOF, who: str = "") -> Address:
        """`address` is an IP address as the connection or a proxy says it."""
        made = super().__new__(cls, limits.place(address))
        made.proof, made.who, made._solved = proof, who, None
        return made

    def has_worked(self, *, now: datetime) -> bool:
        """Did this request bring a good proof? It is used up once for all that the request does."""
        if self._solved is None:
            self._solved = is_solved(self.proof, now=now)
        return self._solved

    @property
    def was_wrong(self) -> bool:
        """A proof was given, and not right."""
        return bool(self.proof.answer or self.proof.work)


def make() -> Challenge:
    """A new challenge."""
    nonce, left, right = secrets.token_urlsafe(12), secrets.randbelow(8) + 2, secrets.randbelow(8) + 2
    token = signing.dumps({"n": nonce, "a": _mark(nonce, str(left + right))}, salt=SALT)
    return Challenge(token, nonce, left, right)


def is_free(address: str, *, now: datetime) -> bool:
    """Is this one of the few tries of an address that need no challenge? Counts it."""
    try:
        limits.hit("lookup_free", address, now=now)
    except Limited:
        return False
    return True


def is_solved(proof: Proof, *, now: datetime) -> bool:
    """Is the proof right, in time and not used before? Uses it up."""
    try:
        said = signing.loads(proof.token, salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return False
    nonce = said["n"]
    answer = "".join(ch for ch in proof.answer if ch.isdigit())[:4]
    right = hmac.compare_digest(said["a"], _mark(nonce, answer)) or _is_work(nonce, proof.work[:20])
    if not right:
        return False
    try:
        limits.hit("lookup_proof", nonce, now=now)
    except Limited:
        return False
    return True


def _mark(nonce: str, answer: str) -> str:
    return salted_hmac(SALT, f"{nonce}:{answer}", algorithm="sha256").hexdigest()


def _is_work(nonce: str, work: str) -> bool:
    digest = hashlib.sha256(f"{nonce}:{work}".encode()).digest()
    return bool(work) and int.from_bytes(digest) >> (256 - BITS) == 0
