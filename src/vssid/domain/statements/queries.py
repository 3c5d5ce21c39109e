"""Read statements."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.vault import sealing as vault
from vssid.domain.verification import limits
from vssid.infra.documents import pdf_signing
from vssid.infra.documents.pdf_signing import Seal

from . import codes, signing
from .actions import SEALED_FOR
from .models import Statement
from .views import IssuedView

# Ours have some 60 kB.
LARGEST = 2 * 1024 * 1024


def issued_to(person_id: int) -> list[IssuedView]:
    """The person's statements, the newest first."""
    rows = Statement.objects.filter(person_id=person_id).order_by("-issued_at")
    return [_view(row) for row in rows]


def _view(row: Statement) -> IssuedView:
    kept = vault.unseal_json(row.person_id, SEALED_FOR, row.sealed, row=row.id)
    code = codes.shown(kept["code"]) if "code" in kept else ""
    return IssuedView(row.id, row.year, row.issued_at, kept["until"], code, bool(row.blob_key))


def seal_of(pdf: bytes, *, address: str, now: datetime) -> Seal:
    """Is this file one we signed, and unchanged since? Raises Limited and NotSigning."""
    limits.hit("statement_address", address, now=now)
    return pdf_signing.examine(pdf[: LARGEST + 1], signing.identity().certificates)
