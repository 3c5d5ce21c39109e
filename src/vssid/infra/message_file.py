"""A file of the demo to which each message adds a line of JSON, in place of a network."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from vssid.infra.delivery import Unavailable


def append(path: Path, line: dict[str, Any]) -> None:
    """Add a line; the file is its owner's alone. Raises Unavailable when the disk does not take it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            # One write: lines of several workers never mix.
            os.write(handle, json.dumps(line, ensure_ascii=False).encode() + b"\n")
        finally:
            os.close(handle)
    except OSError as error:
        raise Unavailable("disk") from error
