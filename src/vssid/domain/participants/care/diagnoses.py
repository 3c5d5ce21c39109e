"""Diagnoses lie sealed with the key of their person, alike for the same text (docs/adr/0009)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vssid.domain.vault.rings import Ring

CODE, NAME = "diagnosis_code", "diagnosis_name"
# Table → what tells a person's rows apart there, which a sealed value is bound to.
KEYS = {
    "participants_visit": ("facility_code", "visit_key"),
    "participants_certificate": ("facility_code", "kind", "number"),
}
# As versions name the tables.
TABLES = {"visit": "participants_visit", "certificate": "participants_certificate"}


def sealed_in(column: str) -> str:
    """The column that holds it sealed."""
    return f"sealed_{column}"


def purpose(table: str, column: str, row: Mapping[str, Any]) -> str:
    """What a diagnosis of a row is sealed for."""
    return "\0".join((f"{table}.{column}", *(str(row[name]) for name in KEYS[table])))


def opened(row: Any, ring: Ring) -> dict[str, str]:
    """Code and name of a row's diagnosis. Raises vault.Erased.

    What stands in the plain column an older version wrote later than what is sealed (`unsealed`).
    """
    table, texts = row._meta.db_table, {}
    for column in (CODE, NAME):
        plain, sealed = getattr(row, column), getattr(row, sealed_in(column))
        if not plain and sealed is not None:
            plain = ring.unseal_alike(row.person_id, purpose(table, column, vars(row)), sealed)
        texts[column] = plain
    return texts


def sealed(table: str, row: Mapping[str, Any], person_id: int, ring: Ring) -> dict[str, bytes | None]:
    """The sealed columns for the plain texts of a row; None for what is empty or of nobody any more."""
    return {
        sealed_in(column): ring.seal_alike(person_id, purpose(table, column, row), row[column])
        if row[column] and ring.holds(person_id)
        else None
        for column in (CODE, NAME)
    }
