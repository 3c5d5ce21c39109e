"""`./vssid import`: hands files to the importer of a room, and shows how far it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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

from vssid.cli import boot
from vssid.cli.keys import refingerprinting
from vssid.domain.imports.registry import importers as importers

console = Console()
ORDERS = ("", "as-shown", "turned", "month-first")  # as imports.days_written.Order
LINES = 100
ANYBODY = "cli"  # the sender when none is named; of it nothing is remembered
WHY_NOT = {
    "kind": "Loại dữ liệu này không hoàn tác được.",
    "nothing": "Lần nạp này không ghi gì.",
    "late": "Đã quá thời hạn hoàn tác.",
    "undone": "Lần nạp này đã hoặc đang được hoàn tác.",
}
LEFT = {
    "changed_since": "Đã được sửa sau lần nạp",
    "hangs": "Dòng mới đã có dữ liệu khác dùng đến",
    "id_taken": "Số giấy tờ cũ nay thuộc người khác",
}
PHASES = {"staging": "Đọc", "checking": "Kiểm tra", "merging": "Ghi"}


class Rate(ProgressColumn):
    """Rows a second in the present phase."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f} dòng/giây".replace(",", ".") if speed else "", style="progress.data.speed")


@dataclass(frozen=True, slots=True)
class How:
    """How the files are to be imported: who sent them, whether only to check, whether blank cells erase, and
    for which office (none: for the country), how their days are meant.

    `headings` says what headings are that nobody knows: heading → column, "" for one that is passed over.
    """

    sender: str
    dry_run: bool = False
    blanks_erase: bool = False
    office: str = ""
    days: str = ""
    excel_errors: bool = False
    headings: Mapping[str, str] = field(default_factory=dict)


def headings_said(said: list[str]) -> dict[str, str]:
    """`HEADING=COLUMN`, or `HEADING=` for one that is passed over. Raises ValueError for what is neither."""
    pairs = [argument.rpartition("=") for argument in said]
    if any(not heading.strip() or not equals for heading, equals, _ in pairs):
        raise ValueError
    return {heading.strip(): column.strip() for heading, _, column in pairs}


def run(kind: str, files: list[Path], how: How) -> int:
    """Import the files one after another; 0: no line refused, 1: some were, 2: could not start."""
    boot.django()
    refingerprinting.note()
    from vssid.domain.imports.check import left_out
    from vssid.domain.imports.check.messages import aside_sentence, read_as, refusal
    from vssid.domain.imports.errors import AlreadyRunning, BadFile
    from vssid.domain.imports.files import reading
    from vssid.domain.imports.merge.effects import Effects
    from vssid.domain.offices import queries as offices

    from . import previewing

    known = importers()
    if kind not in known:
        console.print(f"Không có loại dữ liệu “{kind}”. Các loại: {', '.join(sorted(known))}.")
        return 2
    if how.office and not offices.exists(how.office):
        console.print(f"Không có cơ quan BHXH với mã “{how.office}”.")
        return 2
    if how.days not in ORDERS:
        console.print(f"Không có cách hiểu ngày “{how.days}”. Các cách: {', '.join(ORDERS[1:])}.")
        return 2
    if strange := set(how.headings.values()) - {"", *(column.name for column in known[kind].columns)}:
        console.print(f"Không có cột: {', '.join(sorted(strange))}.")
        return 2
    meant = _meant(kind, how)
    refused, aside, shown = 0, list[str](), list[tuple[str, Any]]()
    table = Table("Lần nạp", "Tệp", "Đọc", "Mới", "Đổi", "Như cũ", "Bị từ chối")
    errors: list[Path] = []
    reasons: list[str] = []
    for path in files:
        try:
            for heading in read_as(reading.headings(path, known[kind], meant), known[kind]):
                _say(f"{path.name}: {heading}")
            with _bar() as bar:
                tell = _teller(bar, path.name)
                effects = Effects() if how.dry_run else None
                report = import_file(known[kind], path, how, tell=tell, effects=effects, meant=meant)
        except (BadFile, AlreadyRunning) as error:
            _say(f"{path}: {refusal(error, known[kind])}")
            if error.facts.get("reason") == "days":
                _say(f"Thêm --days và một trong: {', '.join(ORDERS[1:])}.")
            if error.facts.get("unknown"):
                _say('Thêm --heading "TIÊU ĐỀ=cột" cho từng cột lạ; "TIÊU ĐỀ=" là không nạp cột đó. Các cột:')
                _say(
                    "  ".join(
                        f"{column.name} ({known[kind].called(column.name)})" for column in known[kind].columns
                    )
                )
            return 2
        refused += report.refused
        for note in left_out.of(report.run_id):
            aside.append(f"{path.name}: {aside_sentence(note, known[kind])}")
        if report.repeated:
            aside.append(f"{path.name}: {report.repeated} dòng lặp lại nguyên một dòng ở trên, tính một lần.")
        counts = (report.read, report.new, report.changed, report.same, report.refused)
        table.add_row(str(report.run_id), path.name, *map(str, counts))
        if effects is not None:
            shown.append((path.name, effects))
        errors += [report.error_file] if report.error_file else []
        reasons += [f"{path.name}: {line}" for line in _reasons(report.run_id, known[kind])]
    console.print(table)
    for name, effects in shown:
        for line in previewing.lines(name, effects, known[kind]):
            _say(line)
    for reason in [*reasons, *aside]:
        _say(reason)
    for path in errors:
        _say(f"Tệp lỗi: {path}")
        if how.excel_errors:
            _say(f"Tệp lỗi dạng Excel: {_as_workbook(path)}")
    return 1 if refused else 0


def _meant(kind: str, how: How) -> dict[str, str]:
    """What headings of this sender mean, as it was said before and now; what is said now is remembered."""
    from django.utils import timezone

    from vssid.domain.imports.read import known_headings

    if how.sender == ANYBODY:
        return dict(how.headings)
    known_headings.note(kind, how.sender, "", how.headings, by=None, now=timezone.now())
    return known_headings.of(kind, how.sender, "")


def _reasons(run_id: int, importer: Any) -> list[str]:
    """Why rows were refused and how many, by the names of columns that people use: no content of any row."""
    from vssid.domain.imports.check import messages
    from vssid.domain.imports.uploads import queries

    refusals = queries.refused(run_id)
    where = {
        refusal.field: f"{importer.called(refusal.field)}: " if refusal.field else "" for refusal in refusals
    }
    return [
        f"{refusal.rows} dòng – {where[refusal.field]}"
        f"{messages.row_sentence(refusal.code, importer.messages)}"
        for refusal in refusals
    ]


def _as_workbook(path: Path) -> Path:
    """The same error file as a workbook beside it, readable by its owner only."""
    from vssid.domain.imports.check import error_file

    book = path.with_suffix(".xlsx")
    book.unlink(missing_ok=True)
    with os.fdopen(os.open(book, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(error_file.as_xlsx([path.read_bytes()]))
    return book


def _say(line: str) -> None:
    """Whole, however narrow the terminal is: a path that is cut leads nowhere."""
    console.print(line, soft_wrap=True, markup=False, highlight=False)


def import_file(
    importer: Any,
    path: Path,
    how: How,
    *,
    tell: Callable[[Any], None] | None = None,
    effects: Any = None,
    meant: Mapping[str, str] | None = None,
) -> Any:
    """Import one file as the system; Django must be set up. `tell` hears imports.actions.Progress."""
    from django.utils import timezone

    from vssid.domain.imports import actions as imports
    from vssid.domain.imports.read.written_days import Order
    from vssid.kernel.actor import SYSTEM

    return imports.run(
        importer,
        path,
        by=SYSTEM,
        now=timezone.now(),
        sender=how.sender,
        dry_run=how.dry_run,
        blanks_erase=how.blanks_erase,
        reach=how.office,
        progress=tell,
        order=Order(how.days),
        effects=effects,
        meant=meant,
    )


def undo(run_id: int) -> int:
    """Undo a run as the system; 0: all went back, 1: some rows were left, 2: it cannot be undone."""
    boot.django()
    from django.utils import timezone

    from vssid.domain.imports.check.messages import refusal
    from vssid.domain.imports.errors import AlreadyRunning
    from vssid.domain.imports.merge import undo as undoing
    from vssid.domain.imports.queries import UnknownRun
    from vssid.domain.imports.uploads.queries import lines_of, refused
    from vssid.kernel.actor import SYSTEM

    try:
        done = undoing.undo(run_id, by=SYSTEM, now=timezone.now())
    except UnknownRun:
        console.print(f"Không có lần nạp số {run_id}.")
        return 2
    except undoing.CannotUndo as error:
        console.print(WHY_NOT[error.facts["reason"]])
        return 2
    except AlreadyRunning as error:
        console.print(refusal(error))
        return 2
    console.print(f"Trở lại như trước: {done.changed}. Đã bỏ: {done.new}. Để nguyên: {done.refused}.")
    for reason in refused(done.run_id):
        lines = ", ".join(map(str, lines_of(done.run_id, reason.code, limit=LINES)))
        console.print(
            f"{LEFT[reason.code]}: {reason.rows}. Dòng của tệp: {lines}{' …' if reason.rows > LINES else ''}"
        )
    return 1 if done.refused else 0


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
