"""Messages' part in a change of fingerprint keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vssid.domain.vault import sealing as vault
from vssid.domain.vault.prints import parts

from .inbox import subscriptions
from .models.inbox import DeadAddress, Subscription


def _subscriptions(rows: Sequence[Subscription]) -> dict[Any, dict[str, bytes]]:
    fingerprints = {}
    for row in rows:
        try:
            fingerprints[row.pk] = {"mark": subscriptions.marks(subscriptions.endpoint_of(row))[0]}
        except vault.Erased:
            continue
    return fingerprints


PARTS = (
    parts.sealed(Subscription, ("mark",), _subscriptions),
    # Of which address a mark is nobody knows: it goes, and the next message that fails there makes it anew.
    parts.sealed(DeadAddress, ("fingerprint",), lambda rows: {}),
)
