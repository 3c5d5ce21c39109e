"""`./vssid import`: hands a file to the importer of a room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from vssid.domain.imports.registry import importers as importers

from . import boot

console = Console()


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
            report = import_file(known[kind], path, sender=sender, dry_run=dry_run)
        except (BadFile, AlreadyRunning) as error:
            console.print(f"{path}: {refusal(error)}")
            return 2
        refused += report.refused
        counts = (report.read, report.new, report.changed, report.same, report.refused)
        table.add_row(path.name, *map(str, counts), str(report.error_file or ""))
    console.print(table)
    return 1 if refused else 0


def import_file(importer: Any, path: Path, *, sender: str, dry_run: bool = False) -> Any:
    """Import one file as the system; Django must be set up."""
    from django.utils import timezone

    from vssid.domain.imports import actions as imports
    from vssid.kernel.actor import SYSTEM

    return imports.run(importer, path, sender=sender, by=SYSTEM, now=timezone.now(), dry_run=dry_run)
