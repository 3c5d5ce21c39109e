"""`office`: the console with `--rows` applications, 200 officers and 50 events of the log an application.

The same pages and searches with a hundredth of it, before a server of its own, take turns as the baseline:
what does not grow with the register has a ratio near 1. Officers ask at moments that are set beforehand,
whether or not the answer before has come, so that a slow page is not asked less often.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial

from bench import people, place
from bench.harness import RECORD_PEOPLE, Bench, CannotRun
from bench.office import applications, costs, desk, log, reports, staff
from bench.place import Place
from bench.rows import Row, Target, row

SMALLER = 100
EVENTS = 50  # an application
BYTES_AN_EVENT, BYTES_AN_APPLICATION = 700, 1_500  # with indexes; to ask for enough disk
MOST_MS = {"log": 300, "report": 2000}
MOST_MS_OF_THE_DESK = 100


@dataclass
class Office:
    """A register of so many applications, a server before it, and what was seen of it."""

    place: Place
    port: int
    officers: list[staff.Officer]
    waits: dict[str, list[float]] = field(default_factory=dict)
    counting: list[float] = field(default_factory=list)
    costs: costs.Costs = field(default_factory=costs.Costs)
    errors: int = 0


def measure(bench: Bench) -> list[Row]:
    """The 95th hundredth of the waits for each page and search, large against small."""
    counts = [max(20, bench.options.rows // SMALLER), bench.options.rows]
    _room(bench, counts[1])
    with ExitStack() as stack:
        small, large = (_open(stack, bench, count) for count in counts)
        for office in (small, large):
            _turn(office, bench.options.seconds)
            office.waits.clear()
            office.counting.clear()
            office.costs = costs.Costs()
            office.errors = 0
        for _ in bench.rounds("office", 3):
            for office in (small, large):
                _turn(office, bench.options.seconds)
        return _rows(small, large)


def _room(bench: Bench, applications_count: int) -> None:
    needed = applications_count * (EVENTS * BYTES_AN_EVENT + BYTES_AN_APPLICATION)
    free = shutil.disk_usage(bench.options.folder).free
    if free < needed and not (bench.options.folder / f"office_{applications_count}").exists():
        raise CannotRun(f"Cần {needed / 1e9:.0f} GB đĩa trống, chỉ còn {free / 1e9:.0f} GB; xem --rows.")


def _open(stack: ExitStack, bench: Bench, count: int) -> Office:
    made = place.prepare(bench.server, bench.options.folder, f"office_{count}")
    people.load(made, min(RECORD_PEOPLE, max(200, count)), bench.say)
    officers = staff.appoint(made)
    applications.make(made, count, bench.say)
    log.fill(made, count * EVENTS, [officer.person_id for officer in officers], bench.say)
    reports.recount(made)
    return Office(made, stack.enter_context(place.web(made, bench.options.workers)), officers)


def _turn(office: Office, seconds: float) -> None:
    staff.sign_in(office.place, office.officers)
    files = applications.sample(office.place)
    meter = partial(office.costs.of, office.place, office.port)
    seen = desk.work(office.port, office.officers, files, seconds=seconds, meter=meter)
    office.costs.each(office.place, office.port, office.officers, files)
    for name, waits in seen.waits.items():
        office.waits.setdefault(name, []).append(desk.hundredth(waits, 95))
    office.errors += seen.errors
    for made in (log.search, reports.read):
        for name, waits in made(office.port, office.officers, seconds=seconds).items():
            office.waits.setdefault(name, []).append(desk.hundredth(waits, 95))
    office.counting.append(reports.recount(office.place))


def _rows(small: Office, large: Office) -> list[Row]:
    made = []
    for name, waits in large.waits.items():
        most = MOST_MS_OF_THE_DESK if name in desk.WEIGHTS else MOST_MS[name.split()[0]]
        target = Target("value", "<", most)
        made.append(row(f"office {name} p95", "ms", waits, small.waits[name], target))
    errors = float(small.errors + large.errors)
    made.append(row("office count for reports", "s", large.counting, small.counting))
    return [
        *made,
        *costs.rows(large.costs, small.costs),
        row("office errors", "answers", [errors], target=Target("value", "=", 0)),
    ]
