"""The key and the self-signed certificate of a demo's statements: made on the first start, then kept."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NAME = "BHXH mẫu (bản trình diễn)"
YEARS = timedelta(days=10 * 365)


def prepare(data: Path) -> dict[str, str]:
    """The settings that name both files; makes them when there is no key yet."""
    key_file, certificate_file = data / "signing-key.pem", data / "signing-certificate.pem"
    if not (key_file.is_file() and certificate_file.is_file()):
        data.mkdir(parents=True, exist_ok=True)
        _make(key_file, certificate_file)
    return {
        "VSSID_SIGNING_KEY_FILE": str(key_file),
        "VSSID_SIGNING_CERTIFICATES_FILE": str(certificate_file),
    }


def _make(key_file: Path, certificate_file: Path) -> None:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    usage = {"digital_signature": True, "content_commitment": True}
    unused = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
         "encipher_only", "decipher_only"), False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage, **unused), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(key_file, plain)
    _write(certificate_file, certificate.public_bytes(serialization.Encoding.PEM))


def _write(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
