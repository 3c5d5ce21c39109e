"""A passkey device in software, for what a browser's own would never answer."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url

SITE, ORIGIN = "localhost", "http://localhost"
PRESENT, VERIFIED, BACKUP_ELIGIBLE, BACKED_UP, ATTESTED = 0x01, 0x04, 0x08, 0x10, 0x40


@dataclass
class Device:
    """One passkey of one device; `count` rises with every use, `counts` False keeps it at nought."""

    credential_id: bytes = field(default_factory=lambda: os.urandom(20))
    count: int = 0
    counts: bool = True
    flags: int = PRESENT | VERIFIED
    site: str = SITE
    origin: str = ORIGIN
    handle: str | None = None
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.site.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _public(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        point = {-2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        return cbor2.dumps({1: 2, 3: -7, -1: 1, **point})

    def create(self, options: str) -> dict[str, Any]:
        """The answer to `navigator.credentials.create`."""
        asked = json.loads(options)
        self.handle = asked["user"]["id"]
        named = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + self._public()
        made = {"fmt": "none", "attStmt": {}, "authData": self._data(self.flags | ATTESTED) + named}
        return self._answer(
            {
                "clientDataJSON": bytes_to_base64url(self._client("webauthn.create", asked["challenge"])),
                "attestationObject": bytes_to_base64url(cbor2.dumps(made)),
                "transports": ["internal", "made-up"],
            }
        )

    def get(self, options: str) -> dict[str, Any]:
        """The answer to `navigator.credentials.get`."""
        self.count += 1 if self.counts else 0
        client = self._client("webauthn.get", json.loads(options)["challenge"])
        data = self._data(self.flags)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": bytes_to_base64url(client),
                "authenticatorData": bytes_to_base64url(data),
                "signature": bytes_to_base64url(signed),
                "userHandle": self.handle,
            }
        )

    def _answer(self, response: dict[str, Any]) -> dict[str, Any]:
        name = bytes_to_base64url(self.credential_id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response}
