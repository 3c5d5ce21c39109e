"""The demo's phone network: every text becomes a line of a file, read by /demo/dien-thoai.

The lines hold whole texts, so settings refuse this gateway for a real site.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from vssid.infra import message_file
from vssid.infra.delivery import Accepted

from .gateway import SmsOut


@dataclass(frozen=True, slots=True)
class DemoSms:
    """One text that a demo phone received."""

    at: datetime
    to: str
    text: str


def demo_file() -> Path:
    """Where the demo keeps its texts."""
    return Path(settings.DATA) / "demo" / "sms.jsonl"


@dataclass(frozen=True)
class LogGateway:
    """Delivers by appending to a file."""

    path: Path

    def send(self, sms: SmsOut) -> Accepted:
        """Append one line; the phone has it at once. Raises Unavailable when the disk does not take it."""
        line = {
            "at": datetime.now(UTC).isoformat(),
            "to": sms.to.reveal(),
            "from": sms.sender,
            "text": sms.text,
            "id": str(sms.message_id),
        }
        message_file.append(self.path, line)
        return Accepted(provider_ref=f"demo-{sms.message_id}", delivered=True)

    def prove(self) -> None:
        """Nothing to prove: the data folder is proved by itself."""


def demo_messages(path: Path | None = None) -> list[DemoSms]:
    """Every text so far, oldest first. A line cut short by a crash is left out."""
    return list(_read(path or demo_file()))


def _read(path: Path) -> Iterator[DemoSms]:
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        yield DemoSms(at=datetime.fromisoformat(entry["at"]), to=entry["to"], text=entry["text"])


def demo_phones(path: Path | None = None) -> list[tuple[str, list[DemoSms]]]:
    """Each phone with its texts, newest first; the phone that received last comes first."""
    phones: dict[str, list[DemoSms]] = {}
    for sms in reversed(demo_messages(path)):
        phones.setdefault(sms.to, []).append(sms)
    return list(phones.items())
