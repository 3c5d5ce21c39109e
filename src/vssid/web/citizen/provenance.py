"""Where a row of the register came from, in words for its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist

from vssid.domain.imports import queries as imports


@dataclass(frozen=True, slots=True)
class Origin:
    """The import run that wrote the row, who sent it, and when the row was last written."""

    run_id: int
    sender: str
    written_at: datetime


def of(run_id: int, written_at: datetime) -> Origin:
    """The origin of a row; a run whose report is gone has no sender."""
    try:
        sender = imports.report(run_id).sender
    except ObjectDoesNotExist:
        sender = ""
    return Origin(run_id, sender, written_at)
