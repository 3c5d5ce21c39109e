"""The file of refused rows: the same columns plus line, field, code and a sentence."""

from __future__ import annotations

import csv
import os
from pathlib import Path

from .importer import Importer
from .messages import row_sentence
from .models import RowError
from .reading import rows
from .sources import REPORT_COLUMNS, Source


def write(path: Path, run_id: int, source: Source, importer: Importer) -> None:
    """Write the refused rows as they were given, readable by the owner only: they hold personal data."""
    reasons: dict[int, list[tuple[str, str]]] = {}
    found = RowError.objects.filter(run_id=run_id).order_by("line", "field", "code")
    for line, field, code in found.values_list("line", "field", "code"):
        reasons.setdefault(line, []).append((field, code))
    kept = [at for at, name in enumerate(source.header) if name]
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=source.delimiter)
        writer.writerow([*(source.header[at] for at in kept), *REPORT_COLUMNS])
        for row in rows(source):
            if row.line in reasons:
                cells = row.cells or []
                given = [cells[at] if at < len(cells) else "" for at in kept]
                writer.writerow([*given, *_why(row.line, reasons[row.line], importer)])


def _why(line: int, reasons: list[tuple[str, str]], importer: Importer) -> list[str]:
    fields = ", ".join(dict.fromkeys(field for field, _ in reasons))
    codes = ", ".join(dict.fromkeys(code for _, code in reasons))
    sentences = " ".join(
        dict.fromkeys(
            f"{field}: {row_sentence(code, importer.messages)}".removeprefix(": ") for field, code in reasons
        )
    )
    return [str(line), fields, codes, sentences]
