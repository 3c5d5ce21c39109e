"""The hash of an event: SHA-256 over its canonical JSON and the hash before it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC

from .models import Event


def digest(event: Event) -> bytes:
    """32 bytes over every field of the event but the hash itself."""
    body = {
        "lane": event.lane,
        "seq": event.seq,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "kind": event.kind,
        "subject": event.subject_id,
        "actor": [event.actor_kind, event.actor_id, event.actor_name],
        "office": event.office,
        "facts": event.facts,
    }
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(bytes(event.previous) + text.encode()).digest()
