"""The outside of a credential: COSE_Sign1 with ES256, packed by zlib, written in Base45. Pure.

docs/card-credential.md says what each part holds. Reading trusts nothing: the text and what it
inflates to are bounded (the reader of CBOR bounds how deep it nests), and each way to be broken has a name.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import base45  # type: ignore[import-untyped]  # it has no types
import cbor2
from cwt import COSE, COSEKey
from cwt.exceptions import CWTError

ES256 = -7
COSE_SIGN1 = 18
COORDINATE = 32  # bytes of a P-256 number
LONGEST_TEXT = 4000  # characters; the largest QR holds 4,296
LARGEST_INFLATED = 8192  # bytes
_COMPRESSIONS = (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FIXED)


class Flaw(StrEnum):
    """What is broken about a text that should be a credential."""

    NOT_BASE45 = "not_base45"
    NOT_ZLIB = "not_zlib"
    NOT_CBOR = "not_cbor"
    NOT_SIGNED = "not_signed"


class Broken(ValueError):
    """The text is no credential. Carries the flaw and no part of the text."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class PublicPoint:
    """A P-256 public key with its key id."""

    kid: bytes
    x: bytes
    y: bytes

    def cose(self) -> dict[int, Any]:
        """As a COSE_Key map (RFC 9053)."""
        return {1: 2, 2: self.kid, 3: ES256, -1: 1, -2: self.x, -3: self.y}


@dataclass(frozen=True, slots=True)
class Signer:
    """A public key with its private number."""

    point: PublicPoint
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Envelope:
    """An unpacked credential, its signature not yet checked."""

    kid: bytes
    payload: bytes
    cose: bytes


def pack(payload: bytes, signer: Signer) -> str:
    """Sign a payload and write it as text for an alphanumeric QR."""
    key = COSEKey.new(signer.point.cose() | {-4: signer.secret})
    signed = COSE.new().encode_and_sign(payload, key, protected={1: ES256, 4: signer.point.kid})
    packed = min((_deflate(signed, way) for way in _COMPRESSIONS), key=len)
    return str(base45.b45encode(packed).decode())


def _deflate(plain: bytes, strategy: int) -> bytes:
    press = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, 9, strategy)
    return press.compress(plain) + press.flush()


def unpack(text: str) -> Envelope:
    """Take a credential apart without checking its signature. Raises Broken."""
    cose = _inflate(_from_base45(text))
    parts = read_cbor(cose)
    if not isinstance(parts, cbor2.CBORTag) or parts.tag != COSE_SIGN1:
        raise Broken(Flaw.NOT_SIGNED)
    return _sign1(parts.value, cose)


def _from_base45(text: str) -> bytes:
    if not 0 < len(text) <= LONGEST_TEXT:
        raise Broken(Flaw.NOT_BASE45)
    try:
        return bytes(base45.b45decode(text))
    except ValueError:
        raise Broken(Flaw.NOT_BASE45) from None


def _inflate(packed: bytes) -> bytes:
    press = zlib.decompressobj()
    try:
        plain = press.decompress(packed, LARGEST_INFLATED)
    except zlib.error:
        raise Broken(Flaw.NOT_ZLIB) from None
    if not press.eof or press.unused_data:
        raise Broken(Flaw.NOT_ZLIB)
    return plain


def read_cbor(data: bytes) -> Any:
    """One CBOR value that fills the bytes. Raises Broken."""
    source = io.BytesIO(data)
    try:
        value = cbor2.CBORDecoder(source).decode()
    except (cbor2.CBORError, ValueError, TypeError, LookupError, ArithmeticError):
        raise Broken(Flaw.NOT_CBOR) from None
    if source.tell() != len(data):
        raise Broken(Flaw.NOT_CBOR)
    return value


def _sign1(parts: Any, cose: bytes) -> Envelope:
    match parts:
        case [bytes() as protected, dict(), bytes() as payload, bytes() as signature]:
            header = read_cbor(protected)
        case _:
            raise Broken(Flaw.NOT_SIGNED)
    if not isinstance(header, dict) or header.keys() != {1, 4} or header[1] != ES256:
        raise Broken(Flaw.NOT_SIGNED)
    if not isinstance(header[4], bytes) or len(signature) != 2 * COORDINATE:
        raise Broken(Flaw.NOT_SIGNED)
    return Envelope(header[4], payload, cose)


def is_signed_by(envelope: Envelope, point: PublicPoint) -> bool:
    """Was it signed with the private part of this key?"""
    try:
        signed = COSE.new().decode(envelope.cose, COSEKey.new(point.cose()))
    except (CWTError, ValueError):
        return False
    return bool(signed == envelope.payload)
