"""A small file that would fill the memory or hold a thread is refused with a sentence; nothing dies of it."""

import gzip
import os
import random
import re
import struct
import zipfile
from pathlib import Path

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest

from vssid.domain.imports.check import messages
from vssid.domain.imports.errors import BadFile
from vssid.domain.imports.files import reading

from .test_reading import IMPORTER, read

MEGABYTE = 1 << 20
SHEET = "xl/worksheets/sheet1.xml"


def refusal(path: Path) -> tuple[str, str]:
    """The reason and the sentence."""
    with pytest.raises(BadFile) as caught:
        list(reading.rows(reading.open_source(path, IMPORTER)))
    return caught.value.facts["reason"], messages.file_sentence(caught.value, IMPORTER)


def refused_unread(path: Path) -> tuple[str, str]:
    """The same where no row is asked for yet."""
    with pytest.raises(BadFile) as caught:
        reading.open_source(path, IMPORTER)
    return caught.value.facts["reason"], messages.file_sentence(caught.value, IMPORTER)


def workbook(folder: Path, cells: str = "", **parts: bytes) -> Path:
    """A workbook with a header, a row, and what else is to stand in its sheet, as XML; or a part as given."""
    book = openpyxl.Workbook()
    book.active.append(["code", "word", "note"])
    book.active.append(["a", "b", "c"])
    book.save(folder / "plain.xlsx")
    with (
        zipfile.ZipFile(folder / "plain.xlsx") as plain,
        zipfile.ZipFile(folder / "words.xlsx", "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in plain.namelist():
            content = plain.read(name)
            if name == SHEET:
                content = content.replace(b"</sheetData>", cells.encode() + b"</sheetData>")
                content = parts.get("sheet", content)
            made.writestr(name, content)
        if "shared" in parts:
            made.writestr("xl/sharedStrings.xml", parts["shared"])
    return folder / "words.xlsx"


FAR = [
    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "<row r='1048576'><c r='XFD1048576' t='n'><v>1</v></c></row>",
    '<row r="9"><c r="A9"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    '<row r="3"><c r="XFD3"><v>1</v></c></row><row r="200000"><c r="A200000"><v>1</v></c></row>',
    '<row r="1048576"><c s="0" r="ZZ1048576" t="str"><f>A1</f><v>x</v></c></row>',
]


@pytest.mark.parametrize("cells", FAR)
def test_cells_that_lie_far_apart_are_refused_with_the_place_of_the_last(tmp_path: Path, cells: str) -> None:
    reason, sentence = refusal(workbook(tmp_path, cells))
    assert reason == "wide"
    last = max(int(row) for row in re.findall(r'r=["\'](\d+)["\']', cells))
    assert re.search(rf"[A-Z]+{last},", sentence)


def test_cells_far_apart_on_another_sheet_are_refused_too(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(workbook(tmp_path))
    other = book.create_sheet("Khác")
    other["A1"] = other["XFD1048576"] = 1
    book.save(tmp_path / "two.xlsx")
    assert refusal(tmp_path / "two.xlsx")[0] == "wide"


def test_a_sheet_whose_writing_hides_its_cells_ends_in_its_own_process(tmp_path: Path) -> None:
    """The places of the cells are written as nobody writes them: the limit of memory is what holds."""
    far = '<row r="1048576"><c\n>\n</c><c r="&#88;FD1048576"><v>1</v></c></row>'
    assert refusal(workbook(tmp_path, far))[0] in ("heavy", "broken")
    sheet = zipfile.ZipFile(tmp_path / "plain.xlsx").read(SHEET).decode()
    wide = sheet.replace("</sheetData>", FAR[0] + "</sheetData>").encode("utf-16")
    assert refusal(workbook(tmp_path, sheet=wide))[0] in ("heavy", "broken", "empty")


def test_cells_far_away_that_hold_nothing_but_a_colour_take_no_room(tmp_path: Path) -> None:
    coloured = '<row r="1048576" s="1"><c r="XFD1048576" s="0"/><c r="XFD1048576" s="0"></c></row>'
    assert read(workbook(tmp_path, coloured)) == [(2, ["a", "b", "c"])]


def test_a_long_text_that_many_cells_share_is_held_to_the_memory(tmp_path: Path, settings) -> None:
    settings.IMPORT_MEMORY = 400 * MEGABYTE
    row = "<row>" + '<c t="s"><v>0</v></c>' * 3 + "</row>"
    path = workbook(tmp_path, row * 30_000, shared=b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>")
    assert path.stat().st_size < MEGABYTE
    reason, sentence = refusal(path)
    assert reason == "heavy"
    assert "bộ nhớ" in sentence


def test_a_workbook_that_says_it_is_small_is_weighed(tmp_path: Path, settings) -> None:
    settings.IMPORT_WORKBOOK = 3 * MEGABYTE
    path = workbook(tmp_path, " " * (8 * MEGABYTE))
    content = bytearray(path.read_bytes())
    size = zipfile.ZipFile(path).getinfo(SHEET).file_size
    told = bytes(content).replace(struct.pack("<I", size), struct.pack("<I", 2_000))
    path.write_bytes(told)
    assert zipfile.ZipFile(path).getinfo(SHEET).file_size == 2_000
    assert refusal(path)[0] in ("too_large", "broken")


def parquet(folder: Path, **columns: pyarrow.Array) -> Path:
    path = folder / "words.parquet"
    pyarrow.parquet.write_table(pyarrow.table(columns), path, compression="zstd")
    return path


def test_a_parquet_file_of_a_thousand_repetitions_of_a_long_value_is_refused(tmp_path: Path) -> None:
    long = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 3_700, pyarrow.int32()), ["x" * MEGABYTE])
    path = parquet(tmp_path, code=pyarrow.array(["a"] * 3_700), word=long)
    assert path.stat().st_size < 50_000
    assert refusal(path)[0] in ("heavy", "unpacks")


def test_a_parquet_file_with_a_value_longer_than_any_cell_refuses_that_row(tmp_path: Path) -> None:
    path = parquet(tmp_path, code=pyarrow.array(["a", "b"]), word=pyarrow.array(["x" * 200_000, "y"]))
    rows = list(reading.rows(reading.open_source(path, IMPORTER)))
    assert [(row.line, row.fault) for row in rows] == [(1, "unreadable"), (2, "")]


def test_a_parquet_file_of_many_equal_rows_is_refused_by_its_header(tmp_path: Path) -> None:
    same = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 40_000_000, pyarrow.int8()), ["a"])
    reason, sentence = refused_unread(parquet(tmp_path, code=same, word=same))
    assert reason == "unpacks"
    assert "Parquet" in sentence


def test_a_parquet_file_is_counted_as_it_comes_out(tmp_path: Path, settings) -> None:
    settings.IMPORT_UNPACKED = 4 * MEGABYTE
    path = parquet(tmp_path, code=pyarrow.array(["a"] * 300), word=pyarrow.array(["x" * 30_000] * 300))
    assert refusal(path)[0] == "unpacks"


def gzipped(folder: Path, content: bytes, times: int = 1) -> Path:
    with gzip.open(folder / "words.csv.gz", "wb", 6) as file:
        file.write(b"code,word\n")
        for _ in range(times):
            file.write(content)
    return folder / "words.csv.gz"


def test_a_gzip_bomb_is_refused_before_it_is_unpacked_to_its_end(tmp_path: Path) -> None:
    path = gzipped(tmp_path, b"a,b\n" * (MEGABYTE // 4), 200)
    assert path.stat().st_size < MEGABYTE
    reason, sentence = refused_unread(path)
    assert reason == "unpacks"
    assert "64 MB" in sentence


@pytest.mark.parametrize("pack", [False, True])
def test_one_line_without_end_is_refused(tmp_path: Path, pack: bool) -> None:
    long = b"code,word\n" + b"a" * (20 * MEGABYTE)
    path = tmp_path / "words.csv"
    path.write_bytes(gzip.compress(long) if pack else long)
    assert refusal(path)[0] == "long_line"


def test_real_tables_pack_to_less_and_are_read(tmp_path: Path, settings) -> None:
    chance = random.Random(7)
    lines = "".join(f"{chance.randrange(10**5):05},Nguyễn Văn An\n" for _ in range(20_000))
    path = gzipped(tmp_path, lines.encode(), 1)
    assert len(read(path)) == 20_000


def test_the_operator_and_the_door_may_allow_less(tmp_path: Path, settings) -> None:
    path = gzipped(tmp_path, os.urandom(MEGABYTE).hex().encode() + b",b\n", 3)
    reading.open_source(path, IMPORTER)
    with pytest.raises(BadFile, match="bad_file") as caught:
        reading.open_source(path, IMPORTER, most=5 * MEGABYTE)
    assert (caught.value.facts["reason"], caught.value.facts["most"]) == ("unpacks", 5)
    settings.IMPORT_UNPACKED = 4 * MEGABYTE
    assert refusal(path)[0] == "unpacks"


def test_more_columns_than_a_table_has_are_refused(tmp_path: Path) -> None:
    names = [f"c{at}" for at in range(1_200)]
    (tmp_path / "words.csv").write_text("code," + ",".join(names) + "\na\n")
    assert refusal(tmp_path / "words.csv")[0] == "columns"
    many = {"code": pyarrow.array(["a"])} | {name: pyarrow.array(["x"]) for name in names}
    reason, sentence = refusal(parquet(tmp_path, **many))
    assert reason == "columns"
    assert "1000" in sentence
