"""Hand a person the own copy."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.audit import actions as audit
from vssid.domain.verification import limits
from vssid.kernel.actor import Actor

from . import queries
from .views import Everything


def export(person_id: int, form: str, *, by: Actor, now: datetime) -> Everything:
    """Everything held about the person; that it was taken, as `form`, is an event. Raises Limited."""
    limits.hit("data_export", str(person_id), now=now)
    audit.record("data.exported", subject=person_id, by=by, now=now, facts={"form": form})
    return queries.everything(person_id, now=now)
