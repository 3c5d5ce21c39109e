"""Families' part in a change of fingerprint keys: the child's code is sealed in the request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vssid.domain.vault import sealing as vault
from vssid.domain.vault.prints import parts

from . import actions
from .models import ChildRequest


def _requests(rows: Sequence[ChildRequest]) -> dict[Any, dict[str, bytes]]:
    fingerprints = {}
    for row in rows:
        try:
            fingerprints[row.pk] = {"child_key": actions.child_keys(actions.typed_of(row).code)[0]}
        except vault.Erased:
            continue
    return fingerprints


PARTS = (parts.sealed(ChildRequest, ("child_key",), _requests),)
