"""`./vssid bench`: the workloads of bench/ in one table, or as JSON.

Absolute times say little across machines; the ratio to a baseline of the same kind of work does.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from vssid.cli import boot


def run(names: list[str], *, as_json: bool, folder: Path | None, **sizes: Any) -> int:
    """Measure the named workloads, or all quick ones; 1 when a target is missed, 2 when it cannot.

    `sizes` are the other fields of bench.harness.Options.
    """
    # What is told meanwhile goes to standard error, so that --json prints JSON alone.
    say = Console(stderr=True).print
    harness = _harness()
    unknown = sorted(set(names) - {workload.name for workload in harness.WORKLOADS})
    if unknown:
        say(f"Không có bài đo: {', '.join(unknown)}. Xem ./vssid bench --list.")
        return 2
    options = harness.Options(folder=(folder or boot.ROOT / ".cache" / "bench").absolute(), **sizes)
    try:
        rows = harness.measure(names, options, say)
    except harness.CannotRun as refused:
        say(str(refused))
        return 2
    if as_json:
        print(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=1))
    else:
        _show(_table(rows))
    return 1 if any(row.met is False for row in rows) else 0


def show() -> int:
    """Tell which workloads there are."""
    table = Table("Bài đo", "Đo gì", "Chạy khi không nêu tên")
    for workload in _harness().WORKLOADS:
        table.add_row(workload.name, workload.about, "có" if workload.quick else "không")
    _show(table)
    return 0


def _harness() -> Any:
    """bench/ stands beside src/ and is no part of what is installed."""
    sys.path.insert(0, str(boot.ROOT))
    return import_module("bench.harness")


def _show(table: Table) -> None:
    console = Console()
    # A file or a pipe has no width of its own; do not fold a row for it.
    Console(width=console.width if console.is_terminal else 160).print(table)


def _table(rows: list[Any]) -> Table:
    table = Table("Bài đo", "Kết quả", "Từ–đến", "Đơn vị", "Mốc", "Tỉ số", "Cần", "Đạt")
    for row in rows:
        table.add_row(
            row.name,
            _number(row.value),
            f"{_number(row.low)}–{_number(row.high)}",
            row.unit,
            _number(row.baseline),
            "" if row.ratio is None else f"{row.ratio:.3f}",
            "" if row.target is None else str(row.target),
            {True: "đạt", False: "không", None: ""}[row.met],
            style="red" if row.met is False else "",
        )
    return table


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
