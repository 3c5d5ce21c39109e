"""A full row of every kind of file, loaded and looked at; for tests that go over all kinds."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
from django.db import connection

from tests.import_files.full_rows import FOUNDATIONS
from vssid.domain.directory.importers import IMPORTERS as PLACES
from vssid.domain.imports import actions
from vssid.domain.imports.queries import RunReport
from vssid.domain.offices.importers import IMPORTERS as OFFICES
from vssid.domain.participants import sealed_part
from vssid.domain.participants.importers import IMPORTERS as REGISTER
from vssid.domain.participants.models.people import Person
from vssid.kernel.actor import SYSTEM

NOW = datetime(2025, 7, 1, 3, tzinfo=UTC)
IMPORTERS = OFFICES | PLACES | REGISTER
# They tell rows apart: without them it is another row.
KEYS = {
    "participation": {"employer_code"},
    "benefits": {"decision_number"},
    "xml1": {"so_cccd", "ma_the_bhyt", "t_tongchi_bh"},  # the last is checked and not kept
}


def write(folder: Path, rows: Sequence[dict[str, str]], form: str = "csv") -> Path:
    """The rows as a file of that form."""
    path, names = folder / f"file.{form}", list(dict.fromkeys(name for row in rows for name in row))
    if form == "xlsx":
        book = openpyxl.Workbook()
        book.active.append(names)
        for row in rows:
            book.active.append([row.get(name, "") for name in names])
        book.save(path)
        return path
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, names, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def load(
    folder: Path, kind: str, *rows: dict[str, str], form: str = "csv", **more: Any
) -> tuple[RunReport, str]:
    """Import the rows; the report, and the text of the error file where there is one."""
    path, errors = write(folder, rows, form), folder / "loi.csv"
    more = {"by": SYSTEM, "now": NOW} | more
    report = actions.run(IMPORTERS[kind], path, errors_to=errors, **more)
    return report, errors.read_text(encoding="utf-8-sig") if report.refused else ""


def rows_in(table: str) -> list[dict[str, Any]]:
    """All the register holds in a table, the sealed part opened, without where it came from."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t) FROM {table} t ORDER BY 1")
        rows = [json.loads(row[0]) for row in cursor.fetchall()]
    for row in rows:
        for name in ("run_id", "line", "as_of", "sealed", "sealed_digest", "words"):
            row.pop(name, None)
    if table == "participants_person":
        for person in Person.objects.all():
            (row,) = (row for row in rows if row["person_id"] == person.person_id)
            row |= json.loads(sealed_part.opened(person))
    return rows


def foundations(folder: Path) -> None:
    """What the full rows point at."""
    for kind, row in FOUNDATIONS.items():
        load(folder, kind, row)


def optional(kind: str) -> list[str]:
    """The columns of a kind that may be left out and tell no rows apart."""
    return [
        column.name
        for column in IMPORTERS[kind].columns
        if not column.required
        and (column.parse is None or column.gives)
        and column.name not in KEYS.get(kind, ())
    ]
