"""The list of keys a verifier holds: read and written as JWKS, written as a COSE key set. Pure.

`kid` is the key id of the credentials in hex. A verifier believes a credential when it was issued after its
key's `valid_from` and ends before its `valid_to`, if there is one (docs/card-credential.md).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import cbor2

from .envelope import COORDINATE, PublicPoint


class NotAKeyList(ValueError):
    """The text is no list of keys."""


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """One key as published. `status`: announced, signing or retired."""

    point: PublicPoint
    status: str
    valid_from: datetime
    valid_to: datetime | None


@dataclass(frozen=True, slots=True)
class KeyList:
    """The keys of one issuer."""

    issuer: str
    keys: tuple[PublishedKey, ...]

    def named(self, kid: bytes) -> list[PublishedKey]:
        """Every key with this key id; ids are short and may meet."""
        return [key for key in self.keys if key.point.kid == kid]


def to_jwks(keys: KeyList) -> str:
    """The list as JWKS (RFC 7517) with our own members `issuer`, `status`, `valid_from`, `valid_to`."""
    body = {"issuer": keys.issuer, "keys": [_jwk(key) for key in keys.keys]}
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _jwk(key: PublishedKey) -> dict[str, Any]:
    return {
        "kty": "EC",
        "crv": "P-256",
        "alg": "ES256",
        "use": "sig",
        "kid": key.point.kid.hex(),
        "x": _base64(key.point.x),
        "y": _base64(key.point.y),
        "status": key.status,
        "valid_from": key.valid_from.isoformat(timespec="seconds"),
        "valid_to": key.valid_to.isoformat(timespec="seconds") if key.valid_to else None,
    }


def from_jwks(text: str | bytes) -> KeyList:
    """Read a list that `to_jwks` wrote. Raises NotAKeyList."""
    try:
        body = json.loads(text)
        return KeyList(str(body["issuer"]), tuple(_key(jwk) for jwk in body["keys"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotAKeyList from None


def _key(jwk: dict[str, Any]) -> PublishedKey:
    point = PublicPoint(bytes.fromhex(jwk["kid"]), _bytes(jwk["x"]), _bytes(jwk["y"]))
    if jwk["crv"] != "P-256" or {len(point.x), len(point.y)} != {COORDINATE}:
        raise NotAKeyList
    ends = jwk.get("valid_to")
    return PublishedKey(
        point, str(jwk["status"]), _moment(jwk["valid_from"]), _moment(ends) if ends else None
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise NotAKeyList
    return moment


def to_cose(points: Iterable[PublicPoint]) -> bytes:
    """The keys alone as a COSE_KeySet (RFC 9052, section 7), for readers without JSON."""
    return cbor2.dumps([point.cose() for point in points])


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
