"""A challenge where many ask or a stranger wants a text: work for the browser, or a sum without a script.

Nothing is stored for one that is given: it is signed, ends after an hour, and is good once (`limits`).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

from . import limits
from .errors import Limited

SALT = "accounts.proof"
LIFE = timedelta(hours=1)  # a form with its challenge may lie open that long
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


@dataclass(frozen=True, slots=True)
class Solved:
    """A challenge that was solved `age` after it was made: by a browser's work of so many bits, or a sum."""

    by_work: bool
    bits: int
    age: timedelta


class Address(str):
    """Where a request comes from, as limits count it (`limits.place`), with the proof of work it brought.

    `who` is the account that is signed in there, as `citizen:7` or `staff:8`, or `device:` and a phone for a
    device on which that phone was proved before; empty for a stranger.
    """

    proof: Proof
    who: str
    _solved: Solved | Literal[False] | None

    def __new__(cls, address: str, proof: Proof = NO_PROOF, who: str = "") -> Address:
        """`address` is an IP address as the connection or a proxy says it."""
        made = super().__new__(cls, limits.place(address))
        made.proof, made.who, made._solved = proof, who, None
        return made

    def has_worked(self, *, now: datetime) -> bool:
        """Did this request bring a good proof? It is used up once for all that the request does."""
        return self.solved(now=now) is not None

    def solved(self, *, now: datetime) -> Solved | None:
        """How the challenge was solved that this request brought, or None."""
        if self._solved is None:
            self._solved = solved(self.proof, now=now) or False
        return self._solved or None

    def known_by(self, phone: str) -> Address:
        """The same, of a device on which this phone was proved; whoever is signed in stays who it is."""
        return Address(self, self.proof, self.who or f"device:{phone}")

    @property
    def was_wrong(self) -> bool:
        """A proof was given, and not right."""
        return bool(self.proof.answer or self.proof.work)


def make(*, for_text: bool = False) -> Challenge:
    """A new challenge; the work is what a text costs (`settings.TEXT_WORK_BITS`) or what a crowd does."""
    bits = max(BITS, settings.TEXT_WORK_BITS) if for_text else BITS
    nonce, left, right = secrets.token_urlsafe(12), secrets.randbelow(8) + 2, secrets.randbelow(8) + 2
    said = {"n": nonce, "a": _mark(nonce, str(left + right)), "b": bits}
    return Challenge(signing.dumps(said, salt=SALT), nonce, left, right, bits)


def solved(proof: Proof, *, now: datetime) -> Solved | None:
    """How it solves its challenge: None unless it is right, in time and not used before. Uses it up."""
    try:
        said = signing.loads(proof.token, salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return None
    nonce, bits = said["n"], said.get("b", BITS)
    answer = "".join(ch for ch in proof.answer if ch.isdigit())[:4]
    by_work = _is_work(nonce, proof.work[:20], bits)
    if not by_work and not hmac.compare_digest(said["a"], _mark(nonce, answer)):
        return None
    try:
        limits.hit("lookup_proof", nonce, now=now)
    except Limited:
        return None
    return Solved(by_work, bits, now - _made_at(proof.token))


def _made_at(token: str) -> datetime:
    """When the signature, which was checked, says that the challenge was made."""
    return datetime.fromtimestamp(signing.b62_decode(token.split(":")[-2]), UTC)


def _mark(nonce: str, answer: str) -> str:
    return salted_hmac(SALT, f"{nonce}:{answer}", algorithm="sha256").hexdigest()


def _is_work(nonce: str, work: str, bits: int) -> bool:
    digest = hashlib.sha256(f"{nonce}:{work}".encode()).digest()
    return bool(work) and int.from_bytes(digest) >> (256 - bits) == 0
