"""Encryption with authenticated data, key wrapping and keyed fingerprints.

AES-256-GCM with a random 96-bit nonce; the context (subject and purpose) is authenticated, so a
ciphertext moved to another person or purpose does not open. Keys come as `id:base64`, newest first; a key of
fingerprints as `id:mark:base64`, when its fingerprints end in its mark, by which they are told from others.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
MARKED = "mark"
MARK_BYTES = 8


class CannotOpen(Exception):
    """Wrong key, wrong context or damaged ciphertext."""


class LacksKey(CannotOpen):
    """The key that it was sealed with is not given: a fault of the settings, and of no value."""


@dataclass(frozen=True, slots=True)
class Key:
    """A named 32-byte key."""

    id: str
    secret: bytes
    is_marked: bool = False

    def __repr__(self) -> str:
        return f"Key({self.id})"


def parse_keys(texts: Sequence[str]) -> tuple[Key, ...]:
    """Read `id:base64` keys, newest first. Raises ValueError without echoing the key."""
    keys = []
    for text in texts:
        key_id, _, rest = text.partition(":")
        said, _, encoded = rest.rpartition(":")
        secret = base64.b64decode(encoded)
        if not key_id or len(secret) != 32 or said not in ("", MARKED):
            raise ValueError("a key must be id:base64 of 32 bytes")
        keys.append(Key(key_id, secret, said == MARKED))
    return tuple(keys)


def new_key_text(key_id: str, *, marked: bool = False) -> str:
    """A fresh random key in the form settings take."""
    said = f"{MARKED}:" if marked else ""
    return f"{key_id}:{said}{base64.b64encode(os.urandom(32)).decode()}"


def seal(secret: bytes, plain: bytes, context: bytes) -> bytes:
    """Encrypt; returns nonce + ciphertext + tag."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(secret).encrypt(nonce, plain, context)


def seal_alike(secret: bytes, plain: bytes, context: bytes) -> bytes:
    """Encrypt so that the same key, text and context give the same bytes; `unseal` opens it.

    The nonce is a keyed digest of both (as in SIV), so it comes again only with the very same text.
    """
    own = hmac.digest(secret, b"nonce of what is sealed alike", "sha256")
    nonce = hmac.digest(own, len(context).to_bytes(8) + context + plain, "sha256")[:NONCE]
    return nonce + AESGCM(secret).encrypt(nonce, plain, context)


def unseal(secret: bytes, sealed: bytes, context: bytes) -> bytes:
    """Decrypt what `seal` made. Raises CannotOpen."""
    try:
        return AESGCM(secret).decrypt(sealed[:NONCE], sealed[NONCE:], context)
    except (InvalidTag, ValueError):
        raise CannotOpen from None


def mac(keys: Sequence[Key], message: bytes) -> bytes:
    """A mark (HMAC-SHA-256) by the newest key, with the key's id before it, so that keys can change."""
    return keys[0].id.encode() + b":" + hmac.digest(keys[0].secret, message, "sha256")


def is_mac(keys: Sequence[Key], message: bytes, mark: bytes | memoryview | None) -> bool:
    """Is this the mark of the message by one of the keys? An unknown key's is none."""
    given = bytes(mark or b"")
    key_id, digest = given[:-32], given[-32:]
    return any(
        key.id.encode() + b":" == key_id
        and hmac.compare_digest(hmac.digest(key.secret, message, "sha256"), digest)
        for key in keys
    )


def fingerprint(key: Key, kind: str, value: str) -> bytes:
    """A keyed fingerprint (HMAC-SHA-256, 32 bytes) for look-up without storing the value.

    Of a marked key its last 8 bytes are the key's mark: what bears an old key is found without the values.
    """
    digest = hmac.new(key.secret, f"{kind}\0{value}".encode(), hashlib.sha256).digest()
    return digest[:-MARK_BYTES] + mark_of(key) if key.is_marked else digest


@lru_cache(maxsize=64)
def mark_of(key: Key) -> bytes:
    """Eight bytes that tell a key by what it is, not by its name; they say nothing of the key."""
    return hmac.digest(key.secret, b"vssid: mark of a key", "sha256")[:MARK_BYTES]
