"""Say who sends: a signed token for each push service (VAPID, RFC 8292, ES256)."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from .encryption import CURVE, point

# RFC 8292 allows 24 hours; clocks differ, and a message is sent at once.
LIFE = timedelta(hours=12)


def encoded(value: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """What `encoded` wrote. Raises ValueError."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def new_key_text() -> str:
    """A fresh private key in the form that settings take: base64url of 32 bytes."""
    value = ec.generate_private_key(CURVE).private_numbers().private_value
    return encoded(value.to_bytes(32, "big"))


@dataclass(frozen=True)
class Vapid:
    """The key of this installation and whom a push service may write to (`mailto:` or https)."""

    key: ec.EllipticCurvePrivateKey = field(repr=False)
    subject: str

    @classmethod
    def read(cls, text: str, subject: str) -> Vapid:
        """From settings. Raises ValueError without echoing the key."""
        try:
            secret = decoded(text)
            if len(secret) != 32:
                raise ValueError
            return cls(ec.derive_private_key(int.from_bytes(secret, "big"), CURVE), subject)
        except ValueError:
            raise ValueError("the VAPID key must be base64url of 32 bytes") from None

    @property
    def public_text(self) -> str:
        """The public key, as browsers and push services take it."""
        return encoded(point(self.key.public_key()))

    def proves_itself(self) -> bool:
        """Does a signature of this key hold under the public key that browsers subscribe for?"""
        public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decoded(self.public_text))
        try:
            public.verify(
                self.key.sign(b"check", ec.ECDSA(hashes.SHA256())), b"check", ec.ECDSA(hashes.SHA256())
            )
        except InvalidSignature:
            return False
        return True

    def authorization(self, endpoint: str, now: datetime) -> str:
        """The Authorization header for a push to this endpoint."""
        parts = urlsplit(endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int((now + LIFE).timestamp()),
            "sub": self.subject,
        }
        signed = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
        r, s = decode_dss_signature(self.key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        signature = encoded(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
        return f"vapid t={signed}.{signature}, k={self.public_text}"


def _json(value: dict[str, object]) -> str:
    return encoded(json.dumps(value, separators=(",", ":")).encode())
