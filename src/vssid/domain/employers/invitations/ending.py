"""An invitation ends, and what ended stays with why."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from ..models.invitations import Invitation


def end(rows: QuerySet[Invitation], why: str, now: datetime) -> int:
    """End those of the invitations that have not ended, for one of `Invitation.WHYS`; how many."""
    return rows.filter(ended_at=None).update(ended_at=now, ended_why=why)
