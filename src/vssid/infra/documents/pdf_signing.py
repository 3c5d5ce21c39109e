"""Sign a PDF (PAdES B-B) and tell whether a file is one we signed.

`examine` does not read a stranger's file as a PDF: it hashes what the signature covers, which must be the
whole file, and compares with our own certificates. So nothing in a hostile file is ever decoded but the
signature itself, and what passes is, but for the room of that signature, byte for byte what we signed.

pyhanko is imported where it is used: it takes a quarter of the start of a process, and few processes sign.
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from asn1crypto import cms, pem
from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives import serialization

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s*\]")
_CONTENTS = re.compile(rb"<(?:[0-9a-fA-F]{2})+>")
_DATE = re.compile(rb"/M\s*\(([^)]{1,80})\)")
_SIGNED_AT = re.compile(rb"D:(\d{14})(?:Z|([+-]\d\d)'(\d\d))")
_OCTAL = re.compile(rb"\\([0-3][0-7]{2})")
_DIGESTS = frozenset({"sha256", "sha384", "sha512"})


class Verdict(StrEnum):
    """What a file is."""

    GOOD = "good"
    CHANGED = "changed"
    UNKNOWN = "unknown"  # signed by somebody else, or not readable
    UNSIGNED = "unsigned"


@dataclass(frozen=True, slots=True)
class Seal:
    """The verdict, and of a good file who signed it and when (by its own word)."""

    verdict: Verdict
    signer: str = ""
    signed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """A key with its certificate first; after it older ones and the chain."""

    signer: SimpleSigner
    certificates: tuple[Certificate, ...]

    def __repr__(self) -> str:
        return "Identity()"


def load(key: bytes, certificates: bytes) -> Identity:
    """From PEM: an unencrypted private key, and certificates, the key's own first. Raises ValueError."""
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    private = serialization.load_pem_private_key(key, None)
    plain = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    chain = [Certificate.load(der) for _kind, _head, der in pem.unarmor(certificates, multiple=True)]
    public = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    if not chain or chain[0].public_key.dump() != public:
        raise ValueError("the first certificate is not that of the key")
    store = SimpleCertificateStore.from_certs(chain)  # type: ignore[no-untyped-call]
    return Identity(SimpleSigner(chain[0], PrivateKeyInfo.load(plain), store), tuple(chain))


def sign(pdf: bytes, identity: Identity, *, reason: str) -> bytes:
    """The same PDF with a signature over all of it."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    metadata = signers.PdfSignatureMetadata(
        field_name="ChuKySo", md_algorithm="sha256", reason=reason, subfilter=fields.SigSeedSubFilter.PADES
    )
    out = io.BytesIO()
    signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), metadata, identity.signer, output=out)
    return out.getvalue()


def examine(pdf: bytes, certificates: tuple[Certificate, ...]) -> Seal:
    """What a file of unknown origin is. Takes any bytes."""
    from pyhanko.sign.validation.errors import SignatureValidationError

    covered = _RANGE.search(pdf)
    if covered is None:
        return Seal(Verdict.UNSIGNED)
    start, first, second, rest = (int(part) for part in covered.groups())
    if not (start == 0 and first < second <= len(pdf) and _CONTENTS.fullmatch(pdf, first, second)):
        return Seal(Verdict.UNKNOWN)
    try:
        ours, intact = _checked(pdf, bytes.fromhex(pdf[first + 1 : second - 1].decode()), certificates)
    except (ValueError, TypeError, KeyError, SignatureValidationError):
        return Seal(Verdict.UNKNOWN)
    if ours is None:
        return Seal(Verdict.UNKNOWN)
    if not intact or second + rest != len(pdf):
        return Seal(Verdict.CHANGED)
    return Seal(Verdict.GOOD, ours.subject.native.get("common_name", ""), _signed_at(pdf))


def _checked(
    pdf: bytes, der: bytes, certificates: tuple[Certificate, ...]
) -> tuple[Certificate | None, bool]:
    """Which of our certificates the signature names, and whether it holds over the file without itself."""
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    signed = cms.ContentInfo.load(der)["content"]
    (info,) = signed["signer_infos"]
    named = info["sid"].native
    ours = next((certificate for certificate in certificates if _is_named(certificate, named)), None)
    algorithm = info["digest_algorithm"]["algorithm"].native
    if ours is None or algorithm not in _DIGESTS:
        return None, False
    gap = _RANGE.search(pdf)
    assert gap is not None
    first, second = int(gap[2]), int(gap[3])
    digest = hashlib.new(algorithm, pdf[:first] + pdf[second:]).digest()
    intact, valid = validate_sig_integrity(info, ours, "data", digest)
    return ours, bool(intact and valid)


def _is_named(certificate: Certificate, named: object) -> bool:
    return named == {"issuer": certificate.issuer.native, "serial_number": certificate.serial_number}


def _signed_at(pdf: bytes) -> datetime | None:
    written = _DATE.search(pdf)
    plain = _OCTAL.sub(lambda octal: bytes([int(octal[1], 8)]), written[1]) if written else b""
    match = _SIGNED_AT.match(plain)
    if match is None:
        return None
    ahead = b"".join(match.groups()[1:]) if match[2] else b"+0000"
    return datetime.strptime((match[1] + ahead).decode(), "%Y%m%d%H%M%S%z").astimezone(UTC)
