"""No line of data is lost: what is in staging and what was refused are together the lines of the file."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.making.files_read_here import read_here
from vssid.domain.imports.files import csv_rows

from ..read.tests.test_copy_unread import loaded

HEADER = ("person", "word", "note")
LINES = [f"{number:010d},a,b" for number in range(1, 12)]


def split(lines: list[str], width: int = 3) -> list[tuple[int, str]]:
    """Line and fault of each row."""
    text = io.StringIO("\n".join(lines) + "\n", newline="")
    return [(row.line, row.fault) for row in csv_rows.split(text, ",", width)]


def broken(*at: int, by: str = ',"a,b') -> list[str]:
    return [line.replace(",a,b", by) if number in at else line for number, line in enumerate(LINES, 1)]


@pytest.mark.parametrize(
    ("lines", "faults"),
    [
        (broken(3), {3: "unclosed_quote"}),  # never closed
        (broken(11), {11: "unclosed_quote"}),  # in the last line
        (broken(3, 5), {3: "unclosed_quote", 5: "unclosed_quote"}),
        (broken(3, by=',a,"b'), {3: "unclosed_quote"}),
        (["\"0000000001,a,b", *LINES[1:]], {1: "unclosed_quote"}),
        # Closed by a later line's own mark, as it seems: the two cannot be told apart for certain.
        ([*broken(3)[:7], '0000000008,"a",b', *LINES[8:]], {3: "unclosed_quote", 8: "quote_end"}),
        ([*broken(3)[:3], '0000000004,"a",b', *LINES[4:]], {3: "unclosed_quote", 4: "quote_end"}),
        # Every cell in marks, and one of them not closed.
        (['"1","a","b', '"2","a","b"', '"3","a","b"'], {1: "unclosed_quote"}),
        (['"1","a","b"', '"2","a","b"', '"3","a","b'], {3: "unclosed_quote"}),
    ],
)  # fmt: skip
def test_after_a_mark_that_is_not_closed_the_next_line_is_read(lines, faults):
    rows = split(lines)
    assert [line for line, _ in rows] == list(range(1, len(lines) + 1))
    assert {line: fault for line, fault in rows if fault} == faults


def test_a_mark_open_over_thousands_of_lines_costs_its_own_line_only():
    lines = [f'{number:010d},"a,b' if number == 7 else f"{number:010d},a,b" for number in range(1, 9_000)]
    lines[8_500] = '0000008501,"a",b'
    rows = split(lines)
    assert [line for line, _ in rows] == list(range(1, 9_000))
    assert [line for line, fault in rows if fault] == [7]


@pytest.mark.parametrize(
    "cell",
    ['Số 5\nngõ 3, ""Lạch Tray""', "Trần\r\nThị Dòng", "a\n", "\n", "a\n\nb", "một\nhai, ba\nbốn"],
)
def test_a_cell_with_line_breaks_is_one_cell(cell):
    for place in range(9):
        cells = ["x"] * 9
        cells[place] = f'"{cell}"'
        rows = split([",".join(cells), "y,,,,,,,,"], width=9)
        assert [fault for _, fault in rows] == ["", ""], place


# One line of data each; those with a mark too many or too few are for this reader to tell apart.
_WORD = st.text(st.sampled_from(list("ab đả'.")), max_size=4)
_PERSON = st.from_regex(r"\A\d{10}\Z")
_GOOD = st.builds("{},{},{}".format, _PERSON, _WORD, _WORD)
_QUOTED = st.builds('"{}","{}","{}"'.format, _PERSON, _WORD, _WORD)
_SHORT = st.builds("{},{}".format, _PERSON, _WORD)
_LONG = st.builds("{},{},{},{}".format, _PERSON, _WORD, _WORD, _WORD)
_OPEN = st.builds('{},"{},{}'.format, _PERSON, _WORD, _WORD) | st.builds(
    '{},{},"{}'.format, _PERSON, _WORD, _WORD
)
_STRAY = st.builds('{},x{}"{},{}'.format, _PERSON, _WORD, _WORD, _WORD)
_LINE = _GOOD | _QUOTED | _SHORT | _LONG | _OPEN | _STRAY


@pytest.mark.django_db
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_LINE, max_size=8), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans())
def test_whatever_the_marks_do_every_line_of_a_csv_is_counted(tmp_path, lines, end, blanks, packed):
    content = end.join([",".join(HEADER), *lines, ""]).replace(end, end * (1 + blanks)).encode()
    path = tmp_path / "words.csv"
    path.write_bytes(gzip.compress(content) if packed else content)
    for unread_allowed in (True, False):
        _, rows = loaded(path, unread_allowed=unread_allowed)
        assert len({row[0] for row in rows}) == len(lines)


# Delimiters beside line breaks in one cell look like lines of data, and are counted as such.
_ANY = st.text(st.sampled_from(list("a1 ,\"'=#")), max_size=5) | st.text(
    st.sampled_from(list('a "\n\r')), max_size=5
)
_CELLS = st.lists(_ANY, min_size=3, max_size=3)


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_CELLS, max_size=6))
def test_every_row_of_any_kind_of_file_is_counted(tmp_path, rows):
    there = [row for row in rows if any(cell.strip() for cell in row)]
    for path in (_csv(tmp_path, rows), _workbook(tmp_path, rows), _parquet(tmp_path, rows)):
        with pytest.MonkeyPatch.context() as patch:
            read_here(patch)
            _, loaded_rows = loaded(path)
        assert len({row[0] for row in loaded_rows}) == len(there), path.suffix


def _csv(folder: Path, rows: list[list[str]]) -> Path:
    path = folder / "words.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([HEADER, *rows])
    return path


def _workbook(folder: Path, rows: list[list[str]]) -> Path:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in [HEADER, *rows]:
        cells = [openpyxl.cell.WriteOnlyCell(sheet, value) for value in row]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    book.save(folder / "words.xlsx")
    return folder / "words.xlsx"


def _parquet(folder: Path, rows: list[list[str]]) -> Path:
    columns = dict(zip(HEADER, zip(*rows, strict=True) if rows else [()] * 3, strict=True))
    table = pyarrow.table(
        {name: pyarrow.array(list(cells), pyarrow.string()) for name, cells in columns.items()}
    )
    pyarrow.parquet.write_table(table, folder / "words.parquet")
    return folder / "words.parquet"
