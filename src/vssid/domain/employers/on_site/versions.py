"""What an officer saw of a file, as a short mark: form, pictures and doubts, each told apart."""

from __future__ import annotations

import hashlib

from vssid.domain.registration.desk.readiness import Readiness
from vssid.domain.registration.models import Application

PARTS = ("form", "pictures", "doubts")
_LONG = 16


def version(row: Application, ready: Readiness) -> str:
    """The marks of the parts, with colons between. What is marked is sealed, random or a mark itself."""
    pictures = sorted(f"{kind.value} {image.stored_at.isoformat()}" for kind, image in ready.images.items())
    parts = (bytes(row.sealed), "\n".join(pictures).encode(), ready.mark.encode())
    return ":".join(hashlib.sha256(part).hexdigest()[:_LONG] for part in parts)


def differing(seen: str, now: str) -> tuple[str, ...]:
    """The parts in which two versions differ; all of them where one is none of ours."""
    marks = seen.split(":")
    if len(marks) != len(PARTS):
        return PARTS
    return tuple(part for part, old, new in zip(PARTS, marks, now.split(":"), strict=True) if old != new)
