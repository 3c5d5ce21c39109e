"""Prove that the log was neither changed nor cut: by its hashes, by marks, and by anchors kept outside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from vssid.infra.database import clock

from . import lanes, losses, marks
from .actions import HEAD_BROKEN
from .anchors import Anchor
from .chain import digest
from .models import LANES, Event, Lane

# A worker takes an anchor each night.
STALE = timedelta(days=2)


@dataclass(slots=True)
class Report:
    """How many events were read, how many of them have no mark, and what is broken (`lane/seq: why`).

    `told` is what an operator should know and is no fault: what was lost in a restore and accepted.
    """

    events: int = 0
    unmarked: int = 0
    anchors: int = 0
    last_anchor: datetime | None = None
    broken: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    contradicted: list[str] = field(default_factory=list)

    @property
    def contradicting(self) -> list[str]:
        """The names of the anchors that the log contradicts."""
        return sorted({said.partition(" ")[0] for said in self.contradicted})

    @property
    def sound(self) -> bool:
        """Nothing is broken."""
        return not self.broken


def verify_chain(anchors: Sequence[Anchor] | None = None, *, now: datetime | None = None) -> Report:
    """Walk every lane from its first event to its head and past the places that the anchors name.

    None instead of anchors: only what the database itself can show; too little to prove that nothing was cut.
    """
    report, now = Report(), now or clock.of_database()
    places = _read_anchors(anchors or [], report)
    there = {lane.lane: lane for lane in Lane.objects.all()}
    for number in range(LANES):
        if number in there:
            _Walk(there[number], report, places[number], now).go()
        else:
            report.broken.append(f"{number}/head: there is none")
    for stranger in Event.objects.exclude(lane__in=range(LANES)).values_list("lane", flat=True).distinct():
        report.broken.append(f"{stranger}/head: there is no such lane")
    if anchors is not None:
        _sort_out(report)
        _judge_age(report, there, now)
    return report


def has_known_marks() -> bool:
    """Is there a head in every lane, with a mark by one of our keys? A look, no proof."""
    heads = list(Lane.objects.all())
    now = clock.of_database()
    return len(heads) == LANES and all(
        marks.is_of_head(head.mac, head) or lanes.in_grace(head, now) for head in heads
    )


def _read_anchors(
    anchors: Sequence[Anchor], report: Report
) -> defaultdict[int, dict[int, list[tuple[bytes, str]]]]:
    places: defaultdict[int, dict[int, list[tuple[bytes, str]]]] = defaultdict(dict)
    known = {anchor.mark for anchor in anchors}
    report.anchors = len(anchors)
    for anchor in anchors:
        report.last_anchor = anchor.at
        if not anchor.sound:
            report.broken.append(f"anchor {anchor.name}: changed, or signed by a key that is not known")
            continue
        if anchor.before and anchor.before not in known:
            report.broken.append(f"anchor {anchor.name}: the one before it is missing")
        for lane, (seq, of) in anchor.heads.items():
            places[lane].setdefault(seq, []).append((of, anchor.name))
    return places


@dataclass(slots=True)
class _Walk:
    lane: Lane
    report: Report
    places: dict[int, list[tuple[bytes, str]]]
    now: datetime
    strict: bool = False

    def go(self) -> None:
        lane, previous, seq = self.lane, bytes(32), 0
        self._compare(seq, previous)
        for event in Event.objects.filter(lane=lane.lane).order_by("seq").iterator(chunk_size=2000):
            self.report.events += 1
            seq += 1
            if event.seq != seq:
                self._broken(event.seq, f"expected seq {seq}")
                seq = event.seq
            if bytes(event.previous) != previous:
                self._broken(seq, "does not follow the event before it")
            if digest(event) != bytes(event.hash):
                self._broken(seq, "content changed")
            self._look_at_mark(event)
            previous = bytes(event.hash)
            self._compare(seq, previous)
        if (seq, previous) != (lane.seq, bytes(lane.hash)):
            self._broken("head", "the tail was cut or the head changed")
        elif not (marks.is_of_head(lane.mac, lane) or lanes.in_grace(lane, self.now)):
            self._broken("head", "its mark is not ours")
        for later in sorted(place for place in self.places if place > seq):
            self._contradicted(later, "the tail was cut")

    def _look_at_mark(self, event: Event) -> None:
        if event.kind == HEAD_BROKEN:
            self._broken(event.seq, "the head had been changed before this event")
        if event.seq == self.lane.founded_seq and bytes(event.hash) != bytes(self.lane.founded_hash or b""):
            self._broken(event.seq, "not what it was when events began to be marked")
        in_grace = lanes.in_grace(self.lane, event.at)
        if event.mac is None and (event.seq <= self.lane.founded_seq or (in_grace and not self.strict)):
            self.report.unmarked += 1
        elif not marks.is_of_event(event.mac, event.hash):
            self._broken(event.seq, "its mark is not ours")
        # From the first marked event past the time of grace on, none may be without.
        self.strict = self.strict or not in_grace

    def _compare(self, seq: int, of: bytes) -> None:
        if any(anchored != of for anchored, _ in self.places.get(seq, [])):
            self._contradicted(seq, "another event than when the anchor was taken")

    def _contradicted(self, seq: int, why: str) -> None:
        for _, name in self.places[seq]:
            self.report.contradicted.append(f"{name} {self.lane.lane}/{seq}: {why}")

    def _broken(self, place: int | str, why: str) -> None:
        self.report.broken.append(f"{self.lane.lane}/{place}: {why}")


def _sort_out(report: Report) -> None:
    """What anchors contradict is broken, unless the loss was accepted after a restore."""
    accepted = losses.accepted()
    for said in report.contradicted:
        name = said.partition(" ")[0]
        (report.told if name in accepted else report.broken).append(f"anchor {said}")


def _judge_age(report: Report, there: dict[int, Lane], now: datetime) -> None:
    since = report.last_anchor or min(
        (lane.founded_at for lane in there.values() if lane.founded_at), default=now
    )
    if report.anchors and now - since > STALE:
        report.told.append(f"the last anchor is of {since:%Y-%m-%d}")
    elif not report.anchors and now - since > STALE:
        report.broken.append("anchors: there are none")
