"""What was lost when a backup was restored: said once, by an operator, in the log itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from vssid.kernel.actor import SYSTEM

from . import marks
from .actions import record
from .models import Event

ACCEPTED = "audit.loss_accepted"


def accept(anchors: Sequence[str], why: str, *, now: datetime) -> None:
    """From now on these anchors may contradict the log; who reads the log is told why."""
    record(ACCEPTED, subject=0, by=SYSTEM, now=now, facts={"anchors": sorted(anchors), "why": why})


def accepted() -> set[str]:
    """The anchors whose contradiction was accepted by events that bear our mark."""
    return {
        name
        for event in Event.objects.filter(subject_id=0, kind=ACCEPTED)
        if marks.is_of_event(event.mac, event.hash)
        for name in event.facts["anchors"]
    }
