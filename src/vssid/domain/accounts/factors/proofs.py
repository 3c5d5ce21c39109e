"""Has the session proved a factor, and how long ago?"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from ..models.accounts import Session
from ..models.factors import AuthenticatorApp, FactorRequest
from ..models.safety import Passkey
from .errors import ProofNeeded

# So long after a factor was proved a risky act does not ask again.
FRESH = timedelta(minutes=5)


def has_any(person_id: int) -> bool:
    """Has the member a factor? Recovery codes are none: they stand in for one."""
    apps = AuthenticatorApp.objects.filter(person_id=person_id, confirmed_at__isnull=False)
    return apps.exists() or Passkey.objects.filter(person_id=person_id).exists()


def is_fresh(proved_at: datetime | None, *, now: datetime) -> bool:
    """Was a factor proved just now?"""
    return proved_at is not None and now - proved_at <= FRESH


def has_word(person_id: int, session_id: UUID, *, now: datetime) -> bool:
    """May the session add a factor once, by another administrator's word?"""
    rows = FactorRequest.objects.filter(person_id=person_id, session_id=session_id, granted=True)
    return rows.filter(used_at=None, expires_at__gt=now).exists()


def check_may_change(person_id: int, session_id: UUID, *, now: datetime) -> None:
    """Who has no factor adds the first one; who has one must just have proved it, or have another
    administrator's word (`vouching`). Raises ProofNeeded.
    """
    if not has_any(person_id) or has_word(person_id, session_id, now=now):
        return
    proved = Session.objects.filter(person_id=person_id, id=session_id).values_list("proved_at", flat=True)
    if not is_fresh(proved.first(), now=now):
        raise ProofNeeded
