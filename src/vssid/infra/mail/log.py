"""The demo's letter box: every message becomes a line of a file. Settings refuse it for a real site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from vssid.infra import message_file
from vssid.infra.delivery import Accepted

from .gateway import Mail


def demo_file() -> Path:
    """Where the demo keeps its mail."""
    return Path(settings.DATA) / "demo" / "mail.jsonl"


@dataclass(frozen=True)
class LogMailGateway:
    """Delivers by appending to a file."""

    path: Path

    def send(self, mail: Mail) -> Accepted:
        """Append one line. Raises Unavailable when the disk does not take it."""
        line = {
            "at": datetime.now(UTC).isoformat(),
            "to": mail.to,
            "subject": mail.subject,
            "text": mail.text,
            "id": str(mail.message_id),
        }
        if mail.attachment is not None:
            # What is in it may be a secret, and this file is read by whoever looks at the demo.
            line["attachment"] = f"{mail.attachment.name}, {len(mail.attachment.content)} bytes"
        message_file.append(self.path, line)
        return Accepted(provider_ref="demo", delivered=True)

    def prove(self) -> None:
        """Nothing to prove: the data folder is proved by itself."""
