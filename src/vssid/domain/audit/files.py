"""The events of a search as a file that proves itself: what was asked, each event, the ends, a mark.

One JSON object a line. The first says what was asked and when; then each event with all that its hash is made
of; the last counts them, says where each lane ended and bears a mark by the key of the log over every line
before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from vssid.kernel.errors import DomainError

from . import marks
from .chain import digest
from .models import Event, Lane
from .search import Search, in_order

FORMAT = "vssid-audit-1"
MOST_EVENTS = 100_000


class TooMany(DomainError):
    """More events than a file holds. Facts: `most`."""

    code = "audit_too_many"


@dataclass(slots=True)
class FileReport:
    """How many events a file holds and what is wrong (`line 7: why`); was it `compared` with the log?"""

    events: int = 0
    compared: bool = False
    broken: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Nothing is wrong."""
        return not self.broken


def written(search: Search, *, now: datetime) -> bytes:
    """The file of a search. Raises TooMany."""
    # Read first: what is added meanwhile lies past these ends and is left out of every lane alike.
    heads = {str(lane.lane): (lane.seq, bytes(lane.hash).hex()) for lane in Lane.objects.all()}
    lines = [_line({"format": FORMAT, "made_at": _moment(now), "asked": _asked(search)})]
    for event in in_order(search):
        if event.seq > heads[str(event.lane)][0]:
            continue
        if len(lines) > MOST_EVENTS:
            raise TooMany(most=MOST_EVENTS)
        lines.append(_line(_event(event)))
    last = {"events": len(lines) - 1, "heads": heads, "digest": _digest(lines)}
    return "\n".join([*lines, _line(last | {"mark": marks.of_file(_line(last)).hex()}), ""]).encode()


def checked(content: bytes, *, with_log: bool = True) -> FileReport:
    """Prove a file: nothing in it changed, added or left out; with the log, also that it says the same."""
    report = FileReport()
    lines = content.decode("utf-8", "replace").splitlines()
    said = [_read(line) for line in lines]
    if not said or said[0] is None or said[0].get("format") != FORMAT:
        report.broken.append("line 1: not a file of the log")
        return report
    last = _end(lines, said, report)
    events = list(_events(said[1:], report))
    report.events = len(events)
    for (_, before), (number, event) in pairwise(events):
        _compare_neighbours(before, event, number, report)
    if with_log and last is not None:
        _compare_with_log(said[0], last, events, report)
    return report


def _compare_neighbours(before: Event, event: Event, number: int, report: FileReport) -> None:
    if (before.lane, before.seq) >= (event.lane, event.seq):
        report.broken.append(f"line {number}: not in the order of the log")
    follows = before.lane == event.lane and before.seq + 1 == event.seq
    if follows and bytes(before.hash) != bytes(event.previous):
        report.broken.append(f"line {number}: does not follow the event before it")


def _end(lines: list[str], said: list[dict[str, Any] | None], report: FileReport) -> dict[str, Any] | None:
    """The last line, taken off, when it is one and says what the file holds."""
    last = said[-1]
    if last is None or "mark" not in last:
        report.broken.append("the end is missing: the file was cut")
        return None
    said.pop()
    mark = last.pop("mark")
    if not marks.is_of_file(_hex(mark), _line(last)):
        report.broken.append("the end: its mark is not ours")
    if last.get("digest") != _digest(lines[:-1]) or last.get("events") != len(lines) - 2:
        report.broken.append("the file is not what was written: lines were changed, added or removed")
    return last


def _events(said: list[dict[str, Any] | None], report: FileReport) -> Iterator[tuple[int, Event]]:
    for number, fields in enumerate(said, start=2):
        try:
            event = _as_event(fields or {})
        except (KeyError, TypeError, ValueError):
            report.broken.append(f"line {number}: not an event")
            continue
        if digest(event) != bytes(event.hash):
            report.broken.append(f"line {number}: content changed")
        if event.mac is not None and not marks.is_of_event(event.mac, event.hash):
            report.broken.append(f"line {number}: its mark is not ours")
        yield number, event


def _compare_with_log(
    first: dict[str, Any], last: dict[str, Any], events: list[tuple[int, Event]], report: FileReport
) -> None:
    """Each event stands in the log, and the log has no other that was asked for when the file was made."""
    try:
        search, heads = (
            _as_search(first["asked"]),
            {int(lane): seq for lane, (seq, _) in last["heads"].items()},
        )
    except (KeyError, TypeError, ValueError):
        report.broken.append("line 1: cannot be asked of the log again")
        return
    there = {
        (event.lane, event.seq): bytes(event.hash)
        for event in in_order(search)
        if event.seq <= heads.get(event.lane, 0)
    }
    for number, event in events:
        if there.pop((event.lane, event.seq), None) != bytes(event.hash):
            report.broken.append(f"line {number}: not in the log, or another event is in its place")
    if there:
        report.broken.append(f"the log has {len(there)} more events that were asked for")
    report.compared = True


def _asked(search: Search) -> dict[str, Any]:
    return {
        "since": _moment(search.since),
        "until": _moment(search.until),
        "kinds": list(search.kinds),
        "subjects": list(search.subjects),
        "actor": search.actor_id,
        "by_offices": None if search.offices is None else list(search.offices),
    }


def _as_search(asked: dict[str, Any]) -> Search:
    return Search(
        since=datetime.fromisoformat(asked["since"]),
        until=datetime.fromisoformat(asked["until"]),
        kinds=tuple(asked["kinds"]),
        subjects=tuple(asked["subjects"]),
        actor_id=asked["actor"],
        offices=None if asked["by_offices"] is None else tuple(asked["by_offices"]),
    )


def _event(event: Event) -> dict[str, Any]:
    return {
        "lane": event.lane,
        "seq": event.seq,
        "at": _moment(event.at),
        "kind": event.kind,
        "subject": event.subject_id,
        "actor": [event.actor_kind, event.actor_id, event.actor_name],
        "office": event.office,
        "facts": event.facts,
        "previous": bytes(event.previous).hex(),
        "hash": bytes(event.hash).hex(),
        "mac": None if event.mac is None else bytes(event.mac).hex(),
    }


def _as_event(fields: dict[str, Any]) -> Event:
    kind, actor_id, name = fields["actor"]
    return Event(
        lane=int(fields["lane"]),
        seq=int(fields["seq"]),
        at=datetime.fromisoformat(fields["at"]),
        kind=fields["kind"],
        subject_id=int(fields["subject"]),
        actor_kind=kind,
        actor_id=actor_id,
        actor_name=name,
        office=fields["office"],
        facts=fields["facts"],
        previous=bytes.fromhex(fields["previous"]),
        hash=bytes.fromhex(fields["hash"]),
        mac=None if fields["mac"] is None else bytes.fromhex(fields["mac"]),
    )


def _read(line: str) -> dict[str, Any] | None:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _hex(text: object) -> bytes:
    try:
        return bytes.fromhex(str(text))
    except ValueError:
        return b""


def _line(said: dict[str, Any]) -> str:
    return json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def _digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
