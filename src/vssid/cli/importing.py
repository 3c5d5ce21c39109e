"""`./vssid import`: hands files to the importer of a room, and shows how far it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from vssid.domain.imports.registry import importers as importers

from . import boot

console = Console()
PHASES = {"staging": "Đọc", "checking": "Kiểm tra", "merging": "Ghi"}


class Rate(ProgressColumn):
    """Rows a second in the present phase."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f} dòng/giây".replace(",", ".") if speed else "", style="progress.data.speed")


def run(kind: str, files: list[Path], *, sender: str, dry_run: bool) -> int:
    """Import the files one after another; 0: no line refused, 1: some were, 2: could not start."""
    boot.django()
    from vssid.domain.imports.errors import AlreadyRunning, BadFile
    from vssid.domain.imports.messages import refusal

    known = importers()
    if kind not in known:
        console.print(f"Không có loại dữ liệu “{kind}”. Các loại: {', '.join(sorted(known))}.")
        return 2
    refused = 0
    table = Table("Tệp", "Đọc", "Mới", "Đổi", "Giữ nguyên", "Từ chối", "Tệp lỗi")
    for path in files:
        try:
            with _bar() as bar:
                tell = _teller(bar, path.name)
                report = import_file(known[kind], path, sender=sender, dry_run=dry_run, tell=tell)
        except (BadFile, AlreadyRunning) as error:
            console.print(f"{path}: {refusal(error)}")
            return 2
        refused += report.refused
        counts = (report.read, report.new, report.changed, report.same, report.refused)
        table.add_row(path.name, *map(str, counts), str(report.error_file or ""))
    console.print(table)
    return 1 if refused else 0


def import_file(
    importer: Any,
    path: Path,
    *,
    sender: str,
    dry_run: bool = False,
    tell: Callable[[Any], None] | None = None,
) -> Any:
    """Import one file as the system; Django must be set up. `tell` hears imports.actions.Progress."""
    from django.utils import timezone

    from vssid.domain.imports import actions as imports
    from vssid.kernel.actor import SYSTEM

    return imports.run(
        importer, path, sender=sender, by=SYSTEM, now=timezone.now(), dry_run=dry_run, progress=tell
    )


def _bar() -> Progress:
    """On standard error, so that the report can be piped; gone when it is done."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def _teller(bar: Progress, name: str) -> Callable[[Any], None]:
    """A task for each phase, as each has a speed of its own."""
    tasks: dict[str, Any] = {}

    def tell(progress: Any) -> None:
        if progress.phase not in tasks:
            tasks[progress.phase] = bar.add_task(f"{name}: {PHASES[progress.phase]}")
        total = progress.total or None
        bar.update(tasks[progress.phase], completed=progress.done, total=total)

    return tell
