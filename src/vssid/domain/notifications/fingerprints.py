"""Messages' part in a change of fingerprint keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vssid.domain.vault import sealing as vault
from vssid.domain.vault.prints import parts

from .delivery.finding import PRINTED_AS
from .inbox import subscriptions
from .models.inbox import DeadAddress, Subscription
from .models.messages import Message
from .outbox import bodies


def _subscriptions(rows: Sequence[Subscription]) -> dict[Any, dict[str, bytes]]:
    fingerprints = {}
    for row in rows:
        try:
            fingerprints[row.pk] = {"mark": subscriptions.marks(subscriptions.endpoint_of(row))[0]}
        except vault.Erased:
            continue
    return fingerprints


def _messages(rows: Sequence[Message]) -> dict[Any, dict[str, bytes]]:
    """Of those whose text is still there; the others are found by number and person from then on."""
    fingerprints = {}
    for row in rows:
        try:
            to = bodies.of(row).get("to", "") if row.body is not None else ""
        except vault.Erased:
            to = ""
        if to:
            fingerprints[row.pk] = {"to_print": vault.fingerprint(PRINTED_AS, to)}
    return fingerprints


PARTS = (
    parts.sealed(Message, ("to_print",), _messages),
    parts.sealed(Subscription, ("mark",), _subscriptions),
    # Of which address a mark is nobody knows: it goes, and the next message that fails there makes it anew.
    parts.sealed(DeadAddress, ("fingerprint",), lambda rows: {}),
)
