"""`growth`: does the reading of a record slow down as the register grows?

One database a size, a web server before each; they take turns, so that all see the same machine. The smallest
is loaded by the import, the larger ones are multiplied from it inside PostgreSQL (`multiply.py`).
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from bench import load, multiply, people, pgbench, place
from bench.harness import RECORD_PEOPLE, Bench, CannotRun
from bench.load import Load
from bench.people import Sample
from bench.record import CONNECTIONS, PATH
from bench.rows import Row, Target, row
from vssid.infra.embedded import postgres

BYTES_A_PERSON = 9_000  # the logs of loading included; to ask for enough disk


@dataclass
class Size:
    """A register of so many people, and what was seen of it."""

    people: int
    sample: Sample
    port: int
    bytes: int
    tokens: Path
    base: list[Load] = field(default_factory=list)
    read: list[Load] = field(default_factory=list)


def measure(bench: Bench) -> list[Row]:
    """Throughput and p99 of each size against the smallest, and bytes a person."""
    folder = bench.options.folder / "growth"
    counts = _counts(bench.options.people)
    _room(bench.options.folder, counts)
    with ExitStack() as stack:
        if not bench.options.keep:
            stack.callback(shutil.rmtree, folder)
        server = stack.enter_context(place.cluster(folder, _settings()))
        sizes = [_open(stack, made, bench) for made in _registers(server, folder, counts, bench)]
        _warm(sizes, bench)
        for _ in bench.rounds("growth", 5):
            for size in sizes:
                _turn(size, bench.options.seconds)
        return [made for size in sizes for made in _rows(size, sizes[0])]


def _counts(most: int) -> list[int]:
    """The sizes, each ten times the one before."""
    count = RECORD_PEOPLE if most >= 10 * RECORD_PEOPLE else max(50, most // 10)
    counts = [count]
    while counts[-1] * 10 <= most:
        counts.append(counts[-1] * 10)
    return counts


def _room(folder: Path, counts: list[int]) -> None:
    needed = sum(counts) * BYTES_A_PERSON
    free = shutil.disk_usage(folder).free
    if free < needed and not (folder / "growth").exists():
        raise CannotRun(f"Cần {needed / 1e9:.0f} GB đĩa trống, chỉ còn {free / 1e9:.0f} GB; xem --people.")


def _settings() -> dict[str, str]:
    """A quarter of the memory for shared buffers, as PostgreSQL advises; loading need not survive a crash."""
    buffers = min(4096, psutil.virtual_memory().total // (4 << 20))
    more = {"shared_buffers": f"{buffers}MB", "max_wal_size": "8GB", "autovacuum": "off"}
    return dict(postgres.THROWAWAY) | more


def _registers(server: postgres.Server, folder: Path, counts: list[int], bench: Bench) -> list[place.Place]:
    made = place.prepare(server, folder, f"growth_{counts[0]}")
    people.load(made, counts[0], bench.say)
    places = [made]
    for count in counts[1:]:
        bench.say(f"Nhân lên {count} người")
        places.append(multiply.grown(places[-1], folder, by=10, block=counts[0]))
    return places


def _open(stack: ExitStack, made: place.Place, bench: Bench) -> Size:
    bench.say(f"{made.name}: tài khoản và máy chủ")
    sample = people.sign_in(made)
    with made.connect() as connection:
        count, size = multiply.size(connection)
    return Size(
        count, sample, stack.enter_context(place.web(made, bench.options.workers)), size, sample.tokens()
    )


def _warm(sizes: list[Size], bench: Bench) -> None:
    for size in sizes:
        _turn(size, bench.options.seconds)
        size.base.clear()
        size.read.clear()


def _turn(size: Size, seconds: float) -> None:
    now = size.sample.renew()
    size.base.append(pgbench.run(size.sample, now, seconds=seconds, connections=CONNECTIONS))
    size.read.append(load.run(size.port, PATH, size.tokens, seconds=seconds, connections=CONNECTIONS))


def _rows(size: Size, smallest: Size) -> list[Row]:
    name, is_first = f"growth {size.people}", size is smallest
    rates, first = ([run.per_second for run in each.read] for each in (size, smallest))
    waits, first_waits = ([run.p99_ms for run in each.read] for each in (size, smallest))
    plain, first_plain = ([run.per_second for run in each.base] for each in (size, smallest))
    errors = float(sum(run.errors for run in size.read))
    return [
        row(name, "reads/s", rates, first, None if is_first else Target("ratio", "≥", 0.85)),
        row(f"{name} p99", "ms", waits, first_waits, None if is_first else Target("ratio", "≤", 2)),
        row(f"{name} errors", "answers", [errors], target=Target("value", "=", 0)),
        row(f"{name} pgbench", "reads/s", plain, first_plain),
        row(f"{name} disk", "bytes/person", [size.bytes / size.people]),
    ]
