"""`./vssid bench`: the workloads of bench/, each against a baseline measured in the same run.

Absolute times say little across machines; the ratio to a baseline of the same kind of work does.
"""

from __future__ import annotations

import importlib.util
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from types import ModuleType
from typing import Any

from rich.console import Console
from rich.table import Table

from vssid.cli import boot

console = Console()
PEOPLE = 200
RUNS = 5


@dataclass(frozen=True)
class Result:
    """Medians in milliseconds for one unit of work."""

    name: str
    unit: str
    milliseconds: float
    baseline: str
    baseline_milliseconds: float
    ratio: float
    per_second: float
    wanted: str


def run(names: list[str], *, as_json: bool) -> int:
    """Measure the named workloads, or all; 1 when one misses what bench/ wants of it, 2 for unknown names."""
    if names == ["record"]:
        return _record(as_json=as_json)
    workloads = _workloads().WORKLOADS
    unknown = [name for name in names if name not in {workload.name for workload in workloads}]
    if unknown:
        console.print(f"Không có bài đo: {', '.join(unknown)}.")
        return 2
    with _demo_data():
        chosen = [workload for workload in workloads if not names or workload.name in names]
        results = [_measure(workload) for workload in chosen]
    kept = [
        workload.limit is None or result.ratio <= workload.limit
        for workload, result in zip(chosen, results, strict=True)
    ]
    if as_json:
        print(json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=1))
    else:
        console.print(_table(results, kept))
    return 0 if all(kept) else 1


def _record(*, as_json: bool) -> int:
    """The hot read has people, a server and a load generator of its own."""
    sys.path.insert(0, str(boot.ROOT / "bench"))  # its parts import each other
    # What is told meanwhile goes to standard error, so that --json prints JSON alone.
    rows = _module("record_read").measure(boot.ROOT, Console(stderr=True).print)
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        table = Table("Bài đo", "Kết quả", "Đơn vị", "Mốc", "Tỉ số", "Cần")
        for row in rows:
            cells = ("" if row[key] is None else str(row[key]) for key in list(row)[:-1])
            table.add_row(*cells, style="red" if row["met"] is False else "")
        console.print(table)
    return 1 if any(row["met"] is False for row in rows) else 0


def _workloads() -> ModuleType:
    return _module("workloads")


def _module(name: str) -> ModuleType:
    path = boot.ROOT / "bench" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"bench_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module


@contextmanager
def _demo_data() -> Iterator[None]:
    """A small synthetic province of its own, below .cache."""
    from vssid.cli import migrating
    from vssid.cli.demo import environment, seed
    from vssid.infra import postgres

    folder = boot.ROOT / ".cache" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    server = postgres.start(folder / "pg", die_with_parent=True)
    try:
        postgres.ensure_database(server, "vssid")
        environment.prepare(folder, base_url="http://testserver", database_url=server.url())
        os.environ["VSSID_ALLOWED_HOSTS"] = "testserver"
        os.environ["VSSID_LOG_LEVEL"] = "WARNING"
        boot.django()
        migrating.migrate()
        migrating.collect_static()
        seed.load(folder, base_url="http://testserver", count=PEOPLE, say=lambda _text: None)
        yield
    finally:
        postgres.stop(folder / "pg")


def _measure(workload: Any) -> Result:
    work, base = workload.prepare()
    work()
    base()
    # Turn and turn about, so that a busy machine slows both.
    pairs = [(_time(work, workload.times), _time(base, workload.times)) for _ in range(RUNS)]
    took = statistics.median(pair[0] for pair in pairs) * 1000
    against = statistics.median(pair[1] for pair in pairs) * 1000
    return Result(
        name=workload.name,
        unit=workload.unit,
        milliseconds=round(took, 2),
        baseline=workload.baseline,
        baseline_milliseconds=round(against, 2),
        ratio=round(took / against, 2),
        per_second=round(1000 / took, 1),
        wanted="" if workload.limit is None else f"≤ {workload.limit}",
    )


def _time(work: Callable[[], object], times: int) -> float:
    started = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - started) / times


def _table(results: list[Result], kept: list[bool]) -> Table:
    table = Table("Bài đo", "Đơn vị", "ms", "/giây", "So với", "ms", "Tỉ số", "Cần")
    for result, good in zip(results, kept, strict=True):
        table.add_row(
            result.name,
            result.unit,
            f"{result.milliseconds:.2f}",
            f"{result.per_second:.1f}",
            result.baseline,
            f"{result.baseline_milliseconds:.2f}",
            f"{result.ratio:.2f}",
            result.wanted,
            style="" if good else "red",
        )
    return table
