"""The reference verifier: a text, a list of keys, the time → what the desk may believe. Pure, no network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from . import credential, envelope
from .credential import Facts, Life
from .key_list import KeyList, PublishedKey

# How slow a clock may be: the desk's, or that of one of several signing servers after a switch of keys.
SLOW_CLOCK = timedelta(minutes=5)


class Finding(StrEnum):
    """The answer. All but VALID refuse; the first that applies is given."""

    NOT_BASE45 = "not_base45"
    NOT_ZLIB = "not_zlib"
    NOT_CBOR = "not_cbor"
    NOT_SIGNED = "not_signed"
    UNKNOWN_KEY = "unknown_key"
    WRONG_SIGNATURE = "wrong_signature"
    NOT_A_CARD = "not_a_card"
    OTHER_ISSUER = "other_issuer"
    KEY_OUT_OF_TIME = "key_out_of_time"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    VALID = "valid"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The finding, and what the credential says once its signature is right; else nothing of it."""

    finding: Finding
    facts: Facts | None = None
    times: Life | None = None


def verify(text: str, keys: KeyList, *, now: datetime) -> Verdict:
    """Check a scanned text against the keys at hand."""
    try:
        sealed = envelope.unpack(text.strip())
        candidates = keys.named(sealed.kid)
        if not candidates:
            return Verdict(Finding.UNKNOWN_KEY)
        signer = next((key for key in candidates if envelope.is_signed_by(sealed, key.point)), None)
        if signer is None:
            return Verdict(Finding.WRONG_SIGNATURE)
        facts, times = credential.decode(envelope.read_cbor(sealed.payload))
    except envelope.Broken as broken:
        return Verdict(Finding(broken.flaw.value))
    except credential.NotACard:
        return Verdict(Finding.NOT_A_CARD)
    return Verdict(_finding(times, signer, keys, now), facts, times)


def _finding(times: Life, signer: PublishedKey, keys: KeyList, now: datetime) -> Finding:
    if times.issuer != keys.issuer:
        return Finding.OTHER_ISSUER
    too_late = signer.valid_to is not None and times.expires_at > signer.valid_to
    if times.issued_at + SLOW_CLOCK < signer.valid_from or too_late:
        return Finding.KEY_OUT_OF_TIME
    if now >= times.expires_at:
        return Finding.EXPIRED
    if now + SLOW_CLOCK < times.not_before:
        return Finding.NOT_YET
    return Finding.VALID
