"""What officers do with an application, in the log.

Events of a file with a known answer bear another name, so what counts events of applications, or tells a
person of looks, never meets one, not even when the file is no more.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from vssid.domain.audit import actions as audit
from vssid.kernel.actor import Actor

from ..models import Application

REAL, TRIAL = "application.", "trial."


def record(
    kind: str,
    row: Application,
    *,
    by: Actor,
    now: datetime,
    facts: dict[str, Any] | None = None,
    office: str = "",
) -> None:
    """Add an event of `application.…` about this file, in the caller's transaction."""
    kind = TRIAL + kind.removeprefix(REAL) if row.is_trial else kind
    audit.record(kind, subject=row.id, by=by, now=now, facts=facts, office=office)
