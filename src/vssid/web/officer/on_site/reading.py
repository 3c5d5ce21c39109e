"""A decision as a device sends it, read closely: what is odd is refused whole."""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from typing import Any

from vssid.domain.employers.on_site.deciding import Sent, What

LARGEST = 20_000
CHECKS = frozenset({"form", "original"})


def decision(body: bytes) -> Sent | None:
    """The decision, or None for what no page of ours sends."""
    try:
        return _read(json.loads(body)) if len(body) <= LARGEST else None
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None


def _read(sent: dict[str, Any]) -> Sent | None:
    decided, now = _instant(sent["decided_at"]), _instant(sent["sent_at"])
    application = int(sent["application"])
    if sent["what"] not in set(What) or not 0 <= application < 2**63:
        return None
    return Sent(
        id=uuid.UUID(sent["id"]),
        day=uuid.UUID(sent["day"]),
        device=uuid.UUID(sent["device"]),
        application=application,
        what=sent["what"],
        decided_at=decided,
        sent_at=now,
        version=str(sent["version"])[:64],
        checked=CHECKS & set(sent.get("checked", ())),
        reasons=tuple(str(code)[:40] for code in sent.get("reasons", ())),
        text=str(sent.get("text", "")),
        seen=str(sent.get("seen", ""))[:64],
        given={str(name)[:40]: str(code)[:40] for name, code in dict(sent.get("given", {})).items()},
    )


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError
    return at
