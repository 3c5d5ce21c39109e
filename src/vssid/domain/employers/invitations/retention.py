"""Invitations are kept for a while after their end, and then go; what the worker said stays."""

from __future__ import annotations

from datetime import datetime

from ..models.invitations import Invitation
from .rules import KEPT


def forget_old(now: datetime) -> int:
    """Delete invitations that ended long ago; returns how many."""
    return Invitation.objects.filter(expires_at__lt=now - KEPT).delete()[0]
