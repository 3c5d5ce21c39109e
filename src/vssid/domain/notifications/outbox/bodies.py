"""What a message says and where it goes, sealed in its own row."""

from __future__ import annotations

from typing import Any

from vssid.domain.vault import sealing as vault

from ..models.messages import Message


def of(message: Message) -> dict[str, Any]:
    """The body, unsealed. Raises Erased, or CannotOpen where it is not this message's."""
    body: dict[str, Any] = vault.unseal_json(
        message.subject_id, message.channel, message.body or b"", row=message.id
    )
    return body
