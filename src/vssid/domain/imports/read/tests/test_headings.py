"""Headings as people write them, and what stands above and beside the table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from vssid.domain.imports.check import messages
from vssid.domain.imports.errors import BadFile
from vssid.domain.imports.files import reading

from .test_reading import IMPORTER

TITLED = replace(
    IMPORTER, titles={"code": ("Mã số", "Mã"), "word": ("Họ và tên",), "note": ("Ghi chú", "Diễn giải")}
)


def read(path: Path) -> tuple[list[tuple[int, list[str]]], str]:
    source = reading.open_source(path, TITLED)
    places = [at for at, name in enumerate(source.header) if name]
    assert reading.headings(path, TITLED) == source.headings
    return [(row.line, [row.cells[at] for at in places]) for row in reading.rows(source)], source.headings


def text(folder: Path, content: str) -> Path:
    path = folder / "words.csv"
    path.write_bytes(content.encode())
    return path


def workbook(folder: Path, *rows: list[object]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "words.xlsx")
    return book


@pytest.mark.parametrize(
    "content",
    [
        "Mã số,Họ và tên\na,b\n",
        "MÃ SỐ;HỌ VÀ TÊN\na;b\n",
        "Ma so\tHo va ten\na\tb\n",
        "Mã|Họ và\u00a0tên \na|b\n",
        "\ufeff\ufeffMã số:,Họ  và tên*\na,b\n",
    ],
)
def test_a_heading_is_known_however_it_is_written_and_told(tmp_path, content):
    rows, said = read(text(tmp_path, content))
    assert rows == [(2, ["a", "b"])]
    assert [line.rpartition(" → ")[2] for line in said.splitlines()] == ["code", "word"]


def test_the_formal_names_are_told_as_nothing(tmp_path):
    assert read(text(tmp_path, "code,WORD\na,b\n")) == ([(2, ["a", "b"])], "")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("sep=;\ncode;word\na;b,c\n", 3),
        ("SEP=;\r\ncode;word\r\na;b,c\r\n", 3),
        ("\n\ncode;word\na;b,c\n", 4),
        ("DANH SÁCH NGƯỜI THAM GIA\nTháng 11, năm 2026; quận Hồng Bàng\n\ncode;word\na;b,c\n", 5),
        ('"code";"word"\n\na;"b,c"\n', 3),
        ('code;"Họ và\ntên"\na;b,c\n', 3),
        ("STT;code;word\n1;a;b,c\n", 2),
        ("tt;Mã số;Họ và tên;;\n1;a;b,c;;\n", 2),
    ],
)
def test_what_stands_above_the_header_and_a_number_of_lines_are_passed_over(tmp_path, content, line):
    assert read(text(tmp_path, content))[0] == [(line, ["a", "b,c"])]


def test_a_workbook_may_have_a_title_and_numbers_of_lines(tmp_path):
    workbook(
        tmp_path,
        ["BẢO HIỂM XÃ HỘI HỒNG BÀNG"],
        [],
        [None, "Danh sách tháng 11"],
        ["STT", "Mã số", "Họ và tên"],
        [1, "a", "b"],
    )
    assert read(tmp_path / "words.xlsx")[0] == [(5, ["a", "b"])]


def why(path: Path) -> str:
    with pytest.raises(BadFile) as refusal:
        reading.open_source(path, TITLED)
    return messages.file_sentence(refusal.value)


def test_an_unknown_heading_is_still_refused(tmp_path):
    assert "Lương" in why(text(tmp_path, "Mã số,Lương\na,b\n"))
    assert "code" in why(text(tmp_path, "Mã số,Mã\na,b\n"))


@pytest.mark.parametrize(
    "rows", [[["code", "word"], ["b", "c"]], [["b", "c", "d"]], [[], ["Mã số", "Họ và tên"]]]
)
def test_data_on_another_sheet_is_said_and_refused(tmp_path, rows):
    book = workbook(tmp_path, ["code", "word"], ["a", "b"])
    other = book.create_sheet("Trang 2")
    for row in rows:
        other.append(row)
    book.save(tmp_path / "words.xlsx")
    assert "Trang 2" in why(tmp_path / "words.xlsx")


def test_data_on_the_second_sheet_only_is_said_too(tmp_path):
    book = workbook(tmp_path)
    book.create_sheet("Dữ liệu").append(["code", "word"])
    book.save(tmp_path / "words.xlsx")
    assert "Dữ liệu" in why(tmp_path / "words.xlsx")


def test_a_short_list_on_another_sheet_is_none(tmp_path):
    book = workbook(tmp_path, ["code", "word"], ["a", "b"])
    book.create_sheet("Danh mục").append(["1", "Nam"])
    book.save(tmp_path / "words.xlsx")
    assert read(tmp_path / "words.xlsx")[0] == [(2, ["a", "b"])]


def test_merged_cells_of_data_are_refused_by_their_place_and_those_of_a_title_are_not(tmp_path):
    book = workbook(tmp_path, ["DANH SÁCH"], ["code", "word"], ["a", "b"], ["c", None])
    book.active.merge_cells("A1:B1")
    book.save(tmp_path / "words.xlsx")
    assert len(read(tmp_path / "words.xlsx")[0]) == 2
    book.active.merge_cells("B3:B4")
    book.save(tmp_path / "words.xlsx")
    assert "B3:B4" in why(tmp_path / "words.xlsx")


def test_a_column_without_heading_that_holds_something_is_asked_about(tmp_path):
    path = text(tmp_path, "code,,word,\na,,b,\nc,0912,d,\n")
    with pytest.raises(BadFile) as refused:
        reading.open_source(path, TITLED)
    assert refused.value.facts["unknown"] == ["cột B"]  # B; the empty one at the end holds nothing
    assert "Cột lạ: cột B." in messages.file_sentence(refused.value, TITLED)
    assert reading.open_source(path, TITLED, {"cột B": ""}).header == ("code", "", "word", "")
    assert reading.headings(path, TITLED, {"cột B": ""}) == "cột B → "
    workbook(tmp_path, ["code", None, "word"], ["a", "xem lại", "b"])
    with pytest.raises(BadFile):
        reading.open_source(tmp_path / "words.xlsx", TITLED)


def test_columns_of_the_report_and_numbers_of_lines_need_no_heading(tmp_path):
    path = text(tmp_path, "STT,code,word,line,field,code,message\n1,a,b,2,word,missing,Thiếu.\n")
    assert reading.open_source(path, TITLED).header == ("", "code", "word", "", "", "", "")


@pytest.mark.parametrize("heading", ["Số sổ", "SỐ SỔ:", "so so"])
def test_a_heading_means_what_was_said_of_it(tmp_path, heading):
    path = text(tmp_path, f"{heading},Họ và tên,Quê quán\na,b,Huế\n")
    with pytest.raises(BadFile):
        reading.open_source(path, TITLED)
    source = reading.open_source(path, TITLED, {"Số sổ": "code", "quê quán": ""})
    assert source.header == ("code", "word", "")
    assert messages.read_as(source.headings, TITLED) == [
        f"{heading} → Mã số",
        "Quê quán → không nạp",
        "Đúng tên cột: Họ và tên.",
    ]


def test_what_is_said_of_a_formal_name_does_not_turn_it(tmp_path):
    path = text(tmp_path, "code,word\na,b\n")
    assert reading.open_source(path, TITLED, {"code": "word", "word": "code"}).header == ("code", "word")


def test_two_headings_for_one_column_are_told(tmp_path):
    path = text(tmp_path, "code,Mã số,word\na,b,c\n")
    with pytest.raises(BadFile) as refused:
        reading.open_source(path, TITLED)
    assert "Cột bị lặp: Mã số." in messages.file_sentence(refused.value, TITLED)


def test_below_a_title_a_header_with_one_known_heading_is_found(tmp_path):
    path = text(tmp_path, "DANH SÁCH\nSố hiệu,Họ và tên,Quê quán\na,b,Huế\n")
    with pytest.raises(BadFile) as refused:
        reading.open_source(path, TITLED)
    assert refused.value.facts["unknown"] == ["Số hiệu", "Quê quán"]
