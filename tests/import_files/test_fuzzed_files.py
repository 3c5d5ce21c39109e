"""Files with cells of every type in every column: nothing changes that was not shown, no line is lost.

Few files by default; `VSSID_TEST_FILES=2000` makes as many, `VSSID_TEST_SEED` others.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from django.db import connection, transaction

from tests.import_files.full_rows import FULL, LAN
from tests.import_files.rows_of_every_kind import IMPORTERS, NOW, foundations, load
from tests.making.files_read_here import read_here
from vssid.domain.imports import actions
from vssid.domain.imports.errors import BadFile, NotAsShown
from vssid.domain.imports.merge.effects import Effects, Step
from vssid.domain.imports.queries import RunReport
from vssid.domain.imports.read.written_days import Order
from vssid.kernel.actor import SYSTEM

FILES = int(os.environ.get("VSSID_TEST_FILES", "24"))
SEED = os.environ.get("VSSID_TEST_SEED", "1")
TABLES = sorted({table for table, _ in FULL.values()} | {"participants_merge", "participants_identifier"})
KEY = "coalesce(r->>'id', r->>'code', r->>'merged_id', r->>'person_id') || coalesce(r->>'key', '')"
MERGE = {"kept_code": LAN, "merged_code": "3199000002", "decided_on": "2025-06-01", "decision_number": "QĐ"}
ROWS = {kind: row for kind, (_, row) in FULL.items()} | {"merges": MERGE | {"office_code": "03100"}}
# What is right too: other keys, so that rows of a file differ, and other texts.
PEOPLE = (LAN, "3199000002", "3199000003", "031188000001")
OTHER: dict[str, tuple[str, ...]] = {
    "bhxh_code": PEOPLE,
    "ma_the_bhyt": PEOPLE,
    "kept_code": PEOPLE[:3],
    "merged_code": PEOPLE[:3],
    "from_month": ("2020-01", "02/2020", "2020-03-01"),
    "valid_from": ("2020-01-01", "01/02/2020", "2020-03-01"),
    "from_date": ("2024-03-01", "02/03/2024", "2024-03-04"),
    "number": ("0001", "0002", "0003"),
    "visit_key": ("LK1", "LK2", "LK3"),
    "ma_lk": ("LK1", "LK2", "LK3"),
    **dict.fromkeys(("name", "full_name"), ("Trần Thị Lan", "Lê Thị Hoa", "Lê Thị Hòa")),
    **dict.fromkeys(("street", "address", "job", "reason", "issued_by"), ("Số 1", "Số 2 – Ký", "O'Neil")),
    "sex": ("1", "2", "3"),
    "wage": ("2.34", "5310000"),
    "total": ("400000", "450000"),
}
CODES = {
    "offices": ("03100", "03101", "03102", "00100"),
    "employers": ("TZ0001A", "TZ0002A", "TZ0000A"),
    "facilities": ("99001", "31001", "01001"),
    "collectors": ("C0", "C1", "C2"),
    "points": ("P1", "P2", "P3"),
}
ODD: tuple[Any, ...] = (
    *(None, "", " ", "0", "1", "x", "Đ", "-1", "1e9", "1.5", "5.310.000", "50%", "NULL", "null", "-"),
    *("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "=1+1", "=A2", "-2+3", "@SUM(A1)", "<b>x</b>"),
    *("\u200b", "\ufeff1", "\xa0", "１２３", "a" * 400, "Nguyá»…n", "\x07", "ngắt\ndòng"),
    *("31/02/2024", "2024-13-01", "3/4/1990", "1990", "01/2024", "2024-01-01 25:00"),
    *(0, 1, -1, 12, 99, 1099012345, 31188000001, 3199000001, 10**15, 1.5, -0.0, 0.08, 2.34, 1e300),
    *(Decimal("5310000.50"), True, False, date(2024, 9, 1), date(1899, 12, 31), time(8, 30)),
    *(datetime(2024, 9, 1, 8, 30), datetime(2024, 9, 1)),  # noqa: DTZ001 - as cells have them
)


class Heard(Effects):
    """Remembers which lines were told."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: set[int] = set()

    def new(self, lines: Iterable[int]) -> None:
        numbers = list(lines)
        self.lines |= set(numbers)
        super().new(numbers)

    def changed(self, line: int, steps: Any) -> None:
        assert all(isinstance(step, Step) for step in steps.values())
        self.lines.add(line)
        super().changed(line, steps)


def cells(rng: Random, kind: str, header: list[str]) -> list[Any]:
    """A row: mostly the full one, with some cells of any type, another row's or a turned value."""
    share = rng.choice((0, 0, 0.05, 0.2, 0.6))
    row = ROWS[kind]
    values = []
    for name in header:
        good: Any = row.get(name, "")
        if rng.random() < 0.5:
            good = rng.choice(CODES[kind] if name == "code" else OTHER.get(name, (good,)))
        if rng.random() < share:
            good = rng.choice(ODD)
        elif rng.random() < 0.1:
            good = rng.choice(
                [rng.choice(list(ROWS[kind].values())), str(good)[::-1], f" {good} ", f"'{good}"]
            )
        elif isinstance(good, str) and good.isdigit() and rng.random() < 0.05:
            good = int(good)
        values.append(good)
    return values


def table(rng: Random, kind: str) -> tuple[list[str], list[list[Any]]]:
    """A header of the required columns and some others, in any order, and rows without an empty one."""
    columns = IMPORTERS[kind].columns
    header = [
        column.name
        for column in columns
        if column.required or (column.name in ROWS[kind] and rng.random() < 0.7)
    ]
    rng.shuffle(header)
    rows = [cells(rng, kind, header) for _ in range(rng.randint(1, 5))]
    for row in rows:
        if not any(isinstance(cell, str) and len(cell.strip()) > 1 for cell in row):
            row[0] = "không trống"
    return header, rows


def write(rng: Random, path: Path, header: list[str], rows: list[list[Any]]) -> Path:
    """As a workbook, or as a CSV of any usual kind."""
    if rng.random() < 0.6:
        book = openpyxl.Workbook()
        sheet: Any = book.active
        sheet.append(header)
        for at, row in enumerate(rows, 2):
            for place, cell in enumerate(row, 1):
                value = cell.replace("\x07", "") if isinstance(cell, str) else cell
                sheet.cell(at, place).value = value
                if isinstance(cell, float) and rng.random() < 0.3:
                    sheet.cell(at, place).number_format = rng.choice(["0%", "0.00E+00", "#,##0"])
        book.save(path.with_suffix(".xlsx"))
        return path.with_suffix(".xlsx")
    marked = rng.choice(["utf-8", "utf-8-sig"])
    with path.with_suffix(".csv").open("w", encoding=marked, newline="") as out:
        writer = csv.writer(out, delimiter=rng.choice(",;"), quoting=rng.choice([0, 1]))
        writer.writerow(header)
        writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return path.with_suffix(".csv")


def register() -> dict[tuple[str, str], str]:
    """Every row of the register by table and key, without where it came from."""
    rows = {}
    with connection.cursor() as cursor:
        for name in TABLES:
            cursor.execute(
                f"SELECT {KEY}, (r - '{{run_id,line,as_of}}'::text[])::text FROM {name} t, to_jsonb(t) r"
            )
            rows |= {(name, key): row for key, row in cursor.fetchall()}
    return rows


def lines_of(run_id: int) -> set[int]:
    """Lines of a run that stand on rows of the register."""
    numbers: set[int] = set()
    with connection.cursor() as cursor:
        for name in TABLES:
            if name != "participants_identifier":
                cursor.execute(f"SELECT line FROM {name} WHERE run_id = %s", [run_id])
                numbers |= {line for (line,) in cursor.fetchall()}
    return numbers


def run(rng: Random, kind: str, path: Path, **more: Any) -> RunReport:
    return actions.run(
        IMPORTERS[kind], path, by=SYSTEM, now=NOW, errors_to=path.with_suffix(".loi.csv"), **more
    )


def whole(report: RunReport) -> tuple[int, int]:
    return report.read, report.new + report.changed + report.same + report.refused


def one_file(number: int, folder: Path) -> str:
    """Make a file, show it, load it, and hold one against the other; what came of it."""
    rng = Random(f"{SEED}:{number}")
    kind = rng.choice(sorted(ROWS))
    header, rows = table(rng, kind)
    path = write(rng, folder / "tep", header, rows)
    more: dict[str, Any] = {
        "blanks_erase": rng.random() < 0.3,
        "reach": rng.choice(["", "", "", "03100", "03101"]),
        "order": rng.choice([Order.UNSAID, Order.UNSAID, *Order]),
    }
    before = register()
    told = Heard()
    try:
        shown = run(rng, kind, path, dry_run=True, effects=told, **more)
    except BadFile:
        assert register() == before
        with pytest.raises(BadFile):
            run(rng, kind, path, **more)
        assert register() == before
        return "refused as a whole"
    assert register() == before, "a dry run wrote"
    assert whole(shown) == (len(rows), len(rows))
    done = run(rng, kind, path, as_shown=shown.run_id, **more)
    assert (done.read, done.new, done.changed, done.same, done.refused) == (
        shown.read, shown.new, shown.changed, shown.same, shown.refused,
    )  # fmt: skip
    after = register()
    assert lines_of(done.run_id) <= told.lines, "a row was written that was not shown"
    if not told.lines:
        assert after == before, "a row changed that was not shown"
    if kind != "people" and kind != "merges":
        differ = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        assert len(differ) == shown.new + shown.changed == len(told.lines)
    return "written" if told.lines else "nothing to write"


@pytest.mark.django_db
def test_no_file_changes_a_row_that_was_not_shown_nor_loses_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_here(monkeypatch)
    foundations(tmp_path)
    load(
        tmp_path,
        "people",
        FULL["people"][1] | {"bhxh_code": "3199000002", "id_number": "", "old_id_number": ""},
    )
    came = dict[str, int]()
    for number in range(FILES):
        # Most files are taken back, so that the register stays near the full rows.
        with transaction.atomic():
            try:
                outcome = one_file(number, tmp_path)
            except NotAsShown as moved:  # nobody else writes
                raise AssertionError(f"file {number}: {moved.facts}") from moved
            except BaseException as error:
                error.add_note(f"file {number} of seed {SEED}")
                raise
            came[outcome] = came.get(outcome, 0) + 1
            if number % 3:
                transaction.set_rollback(True)
    assert came.get("written", 0) > FILES // 10, came
