"""What the pages of requests share: rows of lists, the left column."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vssid.domain.procedures import queries
from vssid.domain.procedures.models import Request
from vssid.domain.procedures.queries import Status
from vssid.domain.procedures.shapes import Words

from . import words

SIDE_ROWS = 40


@dataclass(frozen=True, slots=True)
class Listed:
    """A request as lists show it."""

    status: Status
    full_name: str
    state_words: Words
    pill: str


def listed(row: Request, now: datetime) -> Listed:
    """One row of a list. Looks into nothing, so nothing is audited."""
    status = queries.status_of(row, now)
    return Listed(status, row.full_name, *words.STATES[status.state])


def side(office_code: str, now: datetime) -> dict[str, Any]:
    """The left column: figures and the open requests, the most urgent first."""
    rows = queries.waiting_at(office_code)[:SIDE_ROWS]
    return {"counts": queries.counts_at(office_code, now=now), "side": [listed(row, now) for row in rows]}
