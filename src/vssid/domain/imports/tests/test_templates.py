"""Templates: what they hold, and that a spreadsheet keeps leading zeros in them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from vssid.cli.files import templates as templating
from vssid.domain.imports import templates
from vssid.domain.imports.files.reading import open_source
from vssid.domain.imports.registry import importer, importers


@pytest.mark.parametrize("kind", sorted(["people", "participation", "visits", "xml1", "offices"]))
def test_a_csv_template_is_a_file_that_the_import_takes(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "mau.csv"
    path.write_bytes(templates.as_csv(importer(kind)))
    assert open_source(path, importer(kind)).header[0] == importer(kind).columns[0].name
    (header,) = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    assert {column.name for column in importer(kind).columns if column.required} <= set(header)


def test_columns_that_nobody_reads_are_in_no_template() -> None:
    header = templates.as_csv(importer("xml1")).decode("utf-8-sig").strip().split(",")
    assert "ma_lk" in header
    assert "dan_toc" not in header
    assert "ho_ten" not in header


def test_a_workbook_is_text_with_a_fixed_header_and_marks_what_is_needed() -> None:
    book = load_workbook(io.BytesIO(templates.as_xlsx(importer("people"))))
    sheet, explained = book.worksheets
    assert (sheet.title, sheet.freeze_panes, sheet.max_row) == ("people", "A2", 1)
    needed = {column.name: column.required for column in importer("people").columns}
    assert {cell.value: bool(cell.font.bold) for cell in sheet[1]} == needed
    assert {sheet.column_dimensions[cell.column_letter].number_format for cell in sheet[1]} == {"@"}
    rows = {row[0]: row[1:] for row in explained.iter_rows(min_row=2, values_only=True)}
    assert rows["bhxh_code"][0] == "có"
    assert str(rows["bhxh_code"][1]).startswith("Mã số BHXH")


def test_every_kind_has_both_templates() -> None:
    for kind, kind_importer in importers().items():
        assert templates.as_csv(kind_importer), kind
        assert templates.as_xlsx(kind_importer).startswith(b"PK"), kind


def test_the_command_writes_what_the_ending_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "mau.XLSX"
    assert templating.run("people", out) == 0
    assert out.read_bytes().startswith(b"PK")
    assert templating.run("people", tmp_path / "mau.ods") == 2
    assert templating.run("wishes", tmp_path / "mau.csv") == 2
    assert "Các loại: benefits" in capsys.readouterr().err
    assert not (tmp_path / "mau.csv").exists()
