"""The file in the data folder that says which installation the folder belongs to."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

from django.conf import settings

from vssid.infra import file_identity
from vssid.infra.file_identity import Birthmark

NAME = "installation.json"


def known() -> UUID | None:
    """The installation this machine belongs to: by VSSID_INSTALLATION, else by the file of the data folder.

    None when there is no file, when it cannot be read, or when it is a copy of the one that was written.
    """
    if settings.INSTALLATION is not None:
        return UUID(str(settings.INSTALLATION))
    path = _path()
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        written = Birthmark(int(said["number"]), int(said["born"]))
        return UUID(said["installation"]) if written.is_of(file_identity.of(path)) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(uid: UUID) -> None:
    """Let the data folder belong to this installation. Raises OSError."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{NAME}.{os.getpid()}")
    with draft.open("w", encoding="utf-8") as file:
        json.dump({"installation": str(uid), **asdict(file_identity.of(draft))}, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _path() -> Path:
    return Path(settings.DATA) / NAME
