"""The certificate that statements are signed with, from settings; older ones go on being accepted."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from vssid.infra.documents import pdf_signing

from .errors import NotSigning


def is_set() -> bool:
    """Has this installation a signing certificate?"""
    return bool(settings.SIGNING_KEY_FILE and settings.SIGNING_CERTIFICATES_FILE)


def identity() -> pdf_signing.Identity:
    """Key and certificates. Raises NotSigning when there are none."""
    if not is_set():
        raise NotSigning
    return _load(settings.SIGNING_KEY_FILE, settings.SIGNING_CERTIFICATES_FILE)


@lru_cache(maxsize=2)
def _load(key_file: str, certificates_file: str) -> pdf_signing.Identity:
    return pdf_signing.load(Path(key_file).read_bytes(), Path(certificates_file).read_bytes())
