"""A difference that is no more ends its request: a file of either side came in."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef

from vssid.domain.casework import moves
from vssid.domain.casework.kinds import Act
from vssid.kernel.actor import SYSTEM

from ..models.corrections import Correction
from ..models.differences import Difference
from .moves import CORRECTION, in_order_of_lanes
from .states import OPEN


def close_gone(employer: str, *, now: datetime) -> int:
    """Close the open requests of an employer whose difference is no more, in the caller's transaction."""
    there = Difference.objects.filter(id=OuterRef("difference_id"))
    rows = Correction.objects.select_for_update().filter(~Exists(there), employer_id=employer, state__in=OPEN)
    gone = in_order_of_lanes(rows)
    for row in gone:
        moves.move(CORRECTION, row, Act("vanish", SYSTEM, now))
    return len(gone)
