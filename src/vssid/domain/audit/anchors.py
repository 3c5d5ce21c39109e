"""Where each lane ends, signed and kept outside the database, so that a cut shows even with its head."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog
from django.conf import settings

from vssid.infra import blobs

from . import marks
from .models import Lane

log = structlog.get_logger()
FOLDER = "audit/anchors"
FILE = "audit-anchors.jsonl"


@dataclass(frozen=True)
class Anchor:
    """One anchor: its line as kept, when it was taken, where each lane ended, the mark of the one before."""

    line: str
    at: datetime
    heads: dict[int, tuple[int, bytes]]
    before: str
    mark: str
    sound: bool

    @property
    def name(self) -> str:
        """What it is called in reports and as a file."""
        return f"{self.at:%Y%m%dT%H%M%SZ}-{self.mark[-12:]}"


def take(*, now: datetime) -> Anchor:
    """Write the ends of all lanes to the file store, to a file of the data folder, and to the log."""
    last = max(kept(), key=lambda anchor: anchor.at, default=None)
    heads = {str(lane.lane): [lane.seq, bytes(lane.hash).hex()] for lane in Lane.objects.order_by("lane")}
    said = {
        "at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "before": last.mark if last else "",
        "heads": heads,
    }
    text = json.dumps(said, sort_keys=True)
    anchor = read(json.dumps(said | {"mark": marks.of_anchor(text).hex()}, sort_keys=True))
    blobs.put_new(f"{FOLDER}/{anchor.name}.json", anchor.line.encode())
    _append(Path(settings.DATA) / FILE, anchor.line)
    log.info("audit_anchor", anchor=anchor.line)
    return anchor


def kept(more: Iterable[Path] = ()) -> list[Anchor]:
    """Every anchor of the file store, of the data folder and of other files; oldest first."""
    lines = {blobs.get(key).decode() for key, _ in blobs.stored_under(FOLDER)}
    for path in (Path(settings.DATA) / FILE, *more):
        if path.is_file():
            lines |= {line.strip() for line in path.read_text(encoding="utf-8").splitlines()}
    return sorted(map(read, lines - {""}), key=lambda anchor: (anchor.at, anchor.mark))


def latest() -> Anchor | None:
    """The newest of the file store, whose names begin with the moment; None before the first night."""
    newest = max((key for key, _ in blobs.stored_under(FOLDER)), default=None)
    return read(blobs.get(newest).decode()) if newest else None


def read(line: str) -> Anchor:
    """A kept line; one that nobody can read, or that is not marked by our key, is not `sound`."""
    try:
        said = json.loads(line)
        mark = said.pop("mark")
        return Anchor(
            line=line.strip(),
            at=datetime.fromisoformat(said["at"]),
            heads={int(lane): (int(seq), bytes.fromhex(of)) for lane, (seq, of) in said["heads"].items()},
            before=said["before"],
            mark=mark,
            sound=marks.is_of_anchor(bytes.fromhex(mark), json.dumps(said, sort_keys=True)),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return Anchor(line.strip(), datetime.min.replace(tzinfo=UTC), {}, "", "", sound=False)


def _append(path: Path, line: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())
