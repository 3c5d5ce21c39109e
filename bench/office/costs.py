"""Processor time of a page, told apart: the web server's, PostgreSQL's, and that of who asks.

Waits depend on what else the machine does; this hardly, and it says how many cores an office needs.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench import cpu
from bench.office import desk
from bench.office.applications import Open
from bench.office.staff import OFFICERS, Officer
from bench.place import Place
from bench.rows import Row, row

WEB, DATABASE, ASKING = "web server", "PostgreSQL", "who asks"
ASKED = 30  # of each page by itself


@dataclass
class Costs:
    """Milliseconds a page, by what spent them (`spent`) and by page (`pages`, without who asks)."""

    spent: dict[str, list[float]] = field(default_factory=dict)
    pages: dict[str, list[float]] = field(default_factory=dict)

    @contextmanager
    def of(self, here: Place, port: int, seen: desk.Seen) -> Iterator[None]:
        """What pages cost that are asked meanwhile, and noted in `seen`."""
        before, asked = _now(here, port), seen.count
        yield
        after, count = _now(here, port), max(1, seen.count - asked)
        for name, seconds in after.items():
            self.spent.setdefault(name, []).append((seconds - before[name]) * 1000 / count)

    def each(self, here: Place, port: int, officers: Sequence[Officer], files: Sequence[Open]) -> None:
        """Each page by itself, some times one after the other."""
        ask = desk.one_by_one(port, officers, files)
        for name in desk.WEIGHTS:
            ask(name)
            before = _now(here, port)
            for _ in range(ASKED):
                ask(name)
            after = _now(here, port)
            spent = sum(after[who] - before[who] for who in (WEB, DATABASE))
            self.pages.setdefault(name, []).append(spent * 1000 / ASKED)

    def cores(self) -> list[float]:
        """How many cores are busy with the officers' pages, in each turn."""
        a_second = OFFICERS / desk.SECONDS_BETWEEN
        pairs = zip(self.spent[WEB], self.spent[DATABASE], strict=True)
        return [(web + database) / 1000 * a_second for web, database in pairs]


def rows(large: Costs, small: Costs) -> list[Row]:
    """The table's."""
    made = [
        row(f"office CPU of a page, {name}", "ms", spent, small.spent[name])
        for name, spent in large.spent.items()
    ]
    made += [
        row(f"office CPU of {name}", "ms", spent, small.pages[name]) for name, spent in large.pages.items()
    ]
    return [*made, row(f"office cores busy with {OFFICERS} officers", "cores", large.cores(), small.cores())]


def _now(here: Place, port: int) -> dict[str, float]:
    return {
        WEB: cpu.seconds(cpu.server_on(port)),
        DATABASE: cpu.seconds(here.server.pid),
        ASKING: time.process_time(),
    }
