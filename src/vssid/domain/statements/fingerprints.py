"""Statements' part in a change of fingerprint keys: a statement holds its own code, sealed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vssid.domain.vault import sealing as vault
from vssid.domain.vault.prints import parts

from .actions import FINGERPRINT, SEALED_FOR
from .models import Code, Statement


def _kept(row: Statement) -> dict[str, Any]:
    kept: dict[str, Any] = vault.unseal_json(row.person_id, SEALED_FOR, row.sealed, row=row.id)
    return kept


def _codes(rows: Sequence[Code]) -> dict[Any, dict[str, bytes]]:
    persons = {row.person_id for row in rows}
    stated = {
        (statement.person_id, statement.id): statement
        for statement in Statement.objects.filter(person_id__in=persons)
    }
    fingerprints = {}
    for row in rows:
        statement = stated.get((row.person_id, row.statement_id))
        try:
            kept = _kept(statement) if statement else {}
        except vault.Erased:
            continue
        if code := kept.get("code"):
            fingerprints[row.pk] = {"fingerprint": vault.fingerprint(FINGERPRINT, str(code))}
    return fingerprints


PARTS = (parts.sealed(Code, ("fingerprint",), _codes),)
