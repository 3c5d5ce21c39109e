"""`./vssid generate`: synthetic import files of every kind."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from vssid.cli.demo.invented import directory
from vssid.cli.demo.invented import people as generator

console = Console()


def run(*, people: int, seed: int, out: Path, errors: float, day: date) -> int:
    """Write the files, show how far it is, then what was written."""
    begun = time.monotonic()
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Sinh dữ liệu", total=people)
        made = generator.generate(
            out, people, seed, day, errors=errors, tell=lambda done: progress.update(task, completed=done)
        )
    table = Table("Tệp", "Dòng đúng", "Dòng sai")
    for kind, path in made.files.items():
        table.add_row(str(path), str(made.rows.get(kind, 0)), str(made.wrong.get(kind, 0)))
    console.print(table)
    seconds = time.monotonic() - begun
    console.print(f"{people} người trong {seconds:.1f} giây ({people / seconds * 60:,.0f} người/phút).")
    return 0


def run_directory(*, seed: int, out: Path) -> int:
    """Write the places of the whole country and show the files."""
    begun = time.monotonic()
    table = Table("Tệp", "Dòng")
    for path in directory.write(out, seed).values():
        with path.open(encoding="utf-8") as file:
            table.add_row(str(path), str(sum(1 for _ in file) - 1))
    console.print(table)
    console.print(f"Xong sau {time.monotonic() - begun:.1f} giây.")
    return 0
