"""Encrypt a push message for one browser: RFC 8291 over RFC 8188 (aes128gcm), one record."""

from __future__ import annotations

import os
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
RECORD_SIZE = 4096
POINT, AUTH = 65, 16
# Push services must take a body of 4096 bytes (RFC 8030, 7.2): header, delimiter and tag are part of it.
MOST = RECORD_SIZE - (16 + 4 + 1 + POINT) - 1 - 16


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as the 65 bytes that browsers use."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def is_key(p256dh: bytes, auth: bytes) -> bool:
    """Are these the keys of a subscription: a point of the curve and 16 secret bytes?"""
    if len(p256dh) != POINT or len(auth) != AUTH:
        return False
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, p256dh)
    except ValueError:
        return False
    return True


def encrypt(
    plain: bytes,
    p256dh: bytes,
    auth: bytes,
    *,
    own: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body to send. `own` and `salt` are fresh for each message unless a test gives them.

    Raises ValueError for a message that does not fit or a key that is no point of the curve.
    """
    if len(plain) > MOST:
        raise ValueError("the message does not fit into one record")
    own = own or ec.generate_private_key(CURVE)
    salt = salt or os.urandom(16)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, p256dh)
    ours = point(own.public_key())
    secret = own.exchange(ec.ECDH(), theirs)
    seed = _derived(secret, auth, b"WebPush: info\0" + p256dh + ours, 32)
    key = _derived(seed, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(seed, salt, b"Content-Encoding: nonce\0", 12)
    header = salt + struct.pack(">IB", RECORD_SIZE, len(ours)) + ours
    return header + AESGCM(key).encrypt(nonce, plain + b"\2", None)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)
