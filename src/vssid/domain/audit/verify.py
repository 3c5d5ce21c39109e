"""Prove that the log was neither changed nor cut."""

from __future__ import annotations

from dataclasses import dataclass, field

from .chain import digest
from .models import Event, Lane


@dataclass(slots=True)
class Report:
    """How many events were read and where a chain is broken (`lane/seq: why`)."""

    events: int = 0
    broken: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Nothing is broken."""
        return not self.broken


def verify_chain() -> Report:
    """Walk every lane from its first event to its head."""
    report = Report()
    for lane in Lane.objects.order_by("lane"):
        _walk(lane, report)
    heads = Lane.objects.values_list("lane", flat=True)
    for headless in Event.objects.exclude(lane__in=heads).values_list("lane", flat=True).distinct():
        report.broken.append(f"{headless}/head: there is none")
    return report


def _walk(lane: Lane, report: Report) -> None:
    previous, seq = bytes(32), 0
    for event in Event.objects.filter(lane=lane.lane).order_by("seq").iterator(chunk_size=2000):
        report.events += 1
        seq += 1
        place = f"{event.lane}/{event.seq}"
        if event.seq != seq:
            report.broken.append(f"{place}: expected seq {seq}")
            seq = event.seq
        if bytes(event.previous) != previous:
            report.broken.append(f"{place}: does not follow the event before it")
        if digest(event) != bytes(event.hash):
            report.broken.append(f"{place}: content changed")
        previous = bytes(event.hash)
    if (seq, previous) != (lane.seq, bytes(lane.hash)):
        report.broken.append(f"{lane.lane}/head: the tail was cut or the head changed")
