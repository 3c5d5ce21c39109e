"""Workbooks and Parquet files say the same as the CSV they were made from."""

import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest

from vssid.domain.imports.check import messages
from vssid.domain.imports.errors import BadFile
from vssid.domain.imports.files import reading
from vssid.domain.imports.files.sources import cell_text

from .test_reading import IMPORTER


def workbook(folder: Path, *rows: list[object], name: str = "words.xlsx") -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.create_sheet("Giải thích").append(["not", "read"])
    book.save(folder / name)
    return folder / name


def parquet(folder: Path, columns: dict[str, pyarrow.Array]) -> Path:
    pyarrow.parquet.write_table(pyarrow.table(columns), folder / "words.parquet", row_group_size=2)
    return folder / "words.parquet"


def read(path: Path) -> list[tuple[int, list[str]]]:
    return [(row.line, row.cells) for row in reading.rows(reading.open_source(path, IMPORTER))]


def test_the_first_sheet_of_a_workbook_is_read_with_its_row_numbers(tmp_path):
    path = workbook(tmp_path, [" Code", "WORD", "note"], ["a", "Ha\u0309i", None], [], ["b", None, 12])
    assert read(path) == [(2, ["a", "Hải", ""]), (4, ["b", "", "12"])]


def test_a_workbook_may_begin_below_empty_rows(tmp_path):
    path = workbook(tmp_path, [], [], ["code", "word"], ["a", "b"])
    assert read(path) == [(4, ["a", "b"])]


def test_a_cell_beyond_the_header_of_a_workbook_is_seen(tmp_path):
    path = workbook(tmp_path, ["code", "word"], ["a", "b", "lạc"])
    assert read(path) == [(2, ["a", "b", "lạc"])]


def test_the_rows_of_a_parquet_file_are_numbered_across_its_groups(tmp_path):
    path = parquet(
        tmp_path,
        {"code": pyarrow.array(["a", "b", "c", None, "e"]), "note": pyarrow.array([1, None, 3, 4, 5])},
    )
    assert read(path) == [
        (1, ["a", "1"]), (2, ["b", ""]), (3, ["c", "3"]), (4, ["", "4"]), (5, ["e", "5"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("  x ", "  x "),
        (True, "1"),
        (False, "0"),
        (12.0, "12"),
        (2.34, "2.34"),
        (1_234_567_890_123.0, "1234567890123"),
        (Decimal("2340000.50"), "2340000.50"),
        (date(2025, 1, 31), "2025-01-31"),
        (datetime.fromisoformat("2025-01-31T00:00"), "2025-01-31"),
        (datetime.fromisoformat("2025-01-31T08:30"), "2025-01-31 08:30"),
        (datetime(2025, 1, 31, 1, 30, tzinfo=UTC), "2025-01-31 08:30"),
        (time(8, 30), "08:30:00"),
    ],
)
def test_a_typed_cell_reads_as_a_csv_has_it(value, text):
    assert cell_text(value) == text


def sentence(path: Path) -> str:
    with pytest.raises(BadFile) as refusal:
        reading.open_source(path, IMPORTER)
    return messages.file_sentence(refusal.value)


def test_a_workbook_without_the_columns_is_refused_like_a_csv(tmp_path):
    assert "wrod" in sentence(workbook(tmp_path, ["code", "wrod"]))
    assert "trống" in sentence(workbook(tmp_path))


def test_a_parquet_file_without_the_columns_is_refused_like_a_csv(tmp_path):
    assert "wrod" in sentence(parquet(tmp_path, {"code": ["a"], "wrod": ["b"]}))


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as packed:
        packed.writestr("ghi-chu.txt", "x")
    assert "ZIP" in sentence(tmp_path / "x.zip")


def test_a_workbook_that_would_fill_the_memory_is_refused(tmp_path, settings):
    path = workbook(tmp_path, ["code", "word"], ["a", "b" * 9_000])
    settings.IMPORT_WORKBOOK = 9_000
    assert "quá lớn" in sentence(path)


def test_a_workbook_cut_short_is_refused(tmp_path):
    path = workbook(tmp_path, ["code", "word"], ["a", "b"])
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(tmp_path / "cut.xlsx", "w") as cut:
        for member in whole.namelist():
            content = whole.read(member)
            cut.writestr(member, content[:200] if "sheet1" in member else content)
    assert "bị hỏng" in sentence(tmp_path / "cut.xlsx")


def test_a_parquet_file_cut_short_is_refused(tmp_path):
    path = parquet(tmp_path, {"code": ["a"]})
    path.write_bytes(path.read_bytes()[:-20])
    assert "bị hỏng" in sentence(path)
