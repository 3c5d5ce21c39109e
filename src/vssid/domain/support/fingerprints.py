"""Messages' part in a change of fingerprint keys: the phone of who has no account is sealed beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vssid.domain.vault import sealing as vault
from vssid.domain.vault.prints import parts

from . import notices
from .models import Ticket


def _tickets(rows: Sequence[Ticket]) -> dict[Any, dict[str, bytes]]:
    fingerprints = {}
    for row in rows:
        try:
            phone = notices.sender(row).get("phone")
        except vault.Erased:
            continue
        if phone:
            fingerprints[row.pk] = {"phone_fingerprint": vault.fingerprint("phone", phone)}
    return fingerprints


PARTS = (parts.sealed(Ticket, ("phone_fingerprint",), _tickets),)
