"""A cell keeps what it is up to its column: what may have been another value is refused by its name."""

from __future__ import annotations

import pytest

from vssid.domain.imports.check import cells, strange_text
from vssid.domain.imports.errors import BadCell
from vssid.domain.imports.files.sources import CellType
from vssid.domain.imports.importer import Column, Digits, Holds

from .. import written_text
from ..written_days import Order

# Ten or twelve digits, as a BHXH code; ten that begin with 1 may be what is left of twelve.
CODE = cells.pattern(
    "code", "", "", "bad", digits=Digits(frozenset({10, 12}), lambda digits: digits.startswith("1"))
)
OFFICE = cells.pattern("office", "", "", "bad", digits=cells.exactly(5))
FREE_CODE = cells.pattern("free", "", "", "bad")
KEY = cells.text("key", "", 50, holds=Holds.KEY)
PHONE = Column("phone", "", holds=Holds.PHONE)
NAME = cells.text("name", "", 50, holds=Holds.NAME)
TEXT = cells.text("text", "", 50)
DAY, MONTH, MINUTE = cells.day("day", ""), cells.month("month", ""), cells.minute("minute", "")
BIRTH = Column("birth", "", holds=Holds.BIRTH)
WAGE = cells.amount("wage", "", "", "bad")
RATE = cells.pattern("rate", "", "", "bad", holds=Holds.PERCENT)
COUNT = cells.pattern("count", "", "", "bad", holds=Holds.COUNT)
SEX = cells.choice("sex", "", "1", "2", means={"nam": "1", "nu": "2"})
ALL = (CODE, OFFICE, FREE_CODE, KEY, PHONE, NAME, TEXT, DAY, MONTH, MINUTE, BIRTH, WAGE, RATE, COUNT, SEX)
NUMBER, PERCENT, DAY_CELL = CellType.NUMBER, CellType.PERCENT, CellType.DAY


def refused(column: Column, cell: str, kind: CellType | None = None) -> str:
    with pytest.raises(BadCell) as refusal:
        written_text.read(column, cell, kind)
    return refusal.value.code


@pytest.mark.parametrize("column", ALL, ids=lambda column: column.name)
@pytest.mark.parametrize(
    "cell",
    ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "Err:502", " #n/a "],
)
def test_an_error_of_a_spreadsheet_is_never_empty(column, cell):
    assert refused(column, cell) == "broken_cell"
    assert refused(column, cell.strip(), CellType.ERROR) == "broken_cell"


@pytest.mark.parametrize("column", ALL, ids=lambda column: column.name)
def test_a_formula_without_a_value_is_refused_as_one(column):
    assert refused(column, '=CONCATENATE("a","b")', CellType.FORMULA) == "formula"


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        (CODE, "1099012345"),  # ten digits that may have been twelve
        (CODE, "319900001"),
        (CODE, "31188000001"),
        (OFFICE, "3101"),
        (OFFICE, "100"),
        (OFFICE, "31.5"),
        (OFFICE, "-3101"),
        (FREE_CODE, "12"),
        (KEY, "2025000123"),
    ],
)
def test_a_code_from_a_number_cell_is_refused_where_it_may_have_been_another(column, cell):
    assert refused(column, cell, NUMBER) == "lost_zero"


@pytest.mark.parametrize(
    ("column", "cell", "read"),
    [(CODE, "3199000001", "3199000001"), (OFFICE, "31001", "31001"), (PHONE, "912345678", "0912345678")],
)
def test_a_number_that_only_one_code_can_have_been_is_that_code(column, cell, read):
    assert written_text.read(column, cell, NUMBER) == read


@pytest.mark.parametrize("cell", ["319900001", "31188000001", "31990001", "?1099012345"])
def test_a_code_in_text_that_lacks_its_zeros_is_refused_as_such(cell):
    assert refused(CODE, cell) == "lost_zero"


@pytest.mark.parametrize("cell", ["1.09901E+09", "1,09901E+09", "3E10", "3.18E+011"])
def test_a_power_of_ten_is_named_as_one(cell):
    assert refused(CODE, cell) == "power"


@pytest.mark.parametrize(
    "cell", ["3177 000 924", "'3177000924", "\u00a03177000924 ", "3177.000.924", "３１７７000924"]
)
def test_what_people_put_between_the_digits_of_a_code_comes_off(cell):
    assert written_text.read(CODE, cell) == "3177000924"


@pytest.mark.parametrize(
    "column", [CODE, KEY, NAME, TEXT, WAGE, RATE, COUNT, SEX], ids=lambda column: column.name
)
def test_a_day_in_another_column_is_what_a_spreadsheet_made_of_it(column):
    assert refused(column, "2026-02-01", DAY_CELL) == "day_cell"


def test_a_percent_is_no_wage_and_a_rate_all_the_same():
    assert refused(WAGE, "0.08", PERCENT) == "percent_cell"
    assert written_text.read(RATE, "0.08", PERCENT) == "8"
    assert written_text.read(RATE, "0.175", PERCENT) == "17.5"
    assert written_text.read(RATE, "8", NUMBER) == "8"


def test_a_truth_is_a_word_and_nothing_else():
    assert written_text.read(SEX, "1", CellType.TRUTH) == "1"
    assert refused(NAME, "1", CellType.TRUTH) == "odd_cell"


def test_digits_beyond_those_a_spreadsheet_keeps_are_lost():
    assert refused(TEXT, "1234567890123456", NUMBER) == "lost_digits"


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("3/4/1990", "1990-04-03"),
        ("31.12.1990", "1990-12-31"),
        ("31-12-1990", "1990-12-31"),
        ("31 12 1990", "1990-12-31"),
        ("31121990", "1990-12-31"),
        ("19901231", "1990-12-31"),
        ("1990/12/31", "1990-12-31"),
        ("1990-12-31 00:00:00", "1990-12-31"),
        ("31/12/1990 0:00", "1990-12-31"),
        ("1990-12-31", "1990-12-31"),
        ("12/31/1990", "12/31/1990"),  # left for the column to refuse
        ("1/2/90", "1/2/90"),
        ("20101399", "20101399"),
        ("29/02/1991", "29/02/1991"),
        ("3/4-1990", "3/4-1990"),
    ],
)
def test_a_day_is_read_with_the_day_first(cell, read):
    assert written_text.read(DAY, cell) == read
    assert written_text.read(BIRTH, cell) == read


def test_who_says_that_the_month_is_first_is_believed():
    assert written_text.read(DAY, "3/4/1990", order=Order.MONTH_FIRST) == "1990-03-04"


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("3/2002", "2002-03"),
        ("T3/2002", "2002-03"),
        ("tháng 03 / 2002", "2002-03"),
        ("2002/3", "2002-03"),
        ("2002-03", "2002-03"),
        ("Jan-02", "Jan-02"),
        ("202303", "2002-03".replace("2002", "2023")),
        ("032023", "2023-03"),
        ("202399", "202399"),
    ],
)
def test_a_month_is_read_as_people_write_it(cell, read):
    assert written_text.read(MONTH, cell) == read


def test_a_minute_is_read_as_people_write_it():
    assert written_text.read(MINUTE, "1/2/2026 8:30") == "2026-02-01 08:30"
    assert written_text.read(MINUTE, "1/2/2026") == "2026-02-01"
    assert written_text.read(MINUTE, "202602010830") == "202602010830"


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("5.310.000", "5310000"),
        ("5,310,000", "5310000"),
        ("5 310 000", "5310000"),
        ("5.310", "5310"),
        ("0.123", "0.123"),
        ("5.310.000 đ", "5310000"),
        ("5310000đồng", "5310000"),
        ("5.310.000,50", "5310000.50"),
        ("5,310,000.5", "5310000.5"),
        ("2,34", "2.34"),
        ("2.34", "2.34"),
        ("5.310,000", "5.310,000"),
        ("5.31.000", "5.31.000"),
        ("-1", "-1"),
    ],
)
def test_an_amount_is_read_as_people_write_it(cell, read):
    assert written_text.read(WAGE, cell) == read


def test_a_rate_and_a_word_are_read_as_people_write_them():
    assert [written_text.read(RATE, cell) for cell in ("8%", "8 %", "17,5", "8")] == ["8", "8", "17.5", "8"]
    assert [written_text.read(SEX, cell) for cell in ("Nam", "NỮ", "nữ ", "1", "x")] == [
        "1",
        "2",
        "2",
        "1",
        "x",
    ]


@pytest.mark.parametrize("cell", ['=HYPERLINK("x")', "@SUM(1+1)", "=cmd|'/c calc'!A1", "+SUM(1)", "=1"])
def test_a_formula_is_no_text(cell):
    assert refused(TEXT, cell) == "formula_text"
    assert refused(TEXT, f"'{cell}") == "formula_text"


def test_the_mark_of_an_error_file_comes_off():
    assert written_text.read(TEXT, "'-2+3") == "-2+3"
    assert written_text.read(TEXT, "'+84 90") == "+84 90"
    assert written_text.read(TEXT, "'Hen") == "'Hen"


@pytest.mark.parametrize("cell", ["<b>Lan</b>", "Lan<script src=x>", "Lan&nbsp;Anh"])
def test_html_is_no_name(cell):
    assert refused(NAME, cell) == "markup"


@pytest.mark.parametrize(
    "text",
    [
        "Nguyá»…n Thá»‹ Thá»­",
        "Sá»‘ 12 Láº¡ch Tray",
        "Tráº§n VÄƒn Háº£i",
        "LÃª",
        "NguyÔn V¨n H¶i",
        "TrÇn ThÞ Hµ",
        "§Æng V¨n",
        "Ph¹m Hång",
        "Nguyeãn Vaên Haûi",
        "Traàn Thò Haø",
        "Leâ Vaên Taùm",
        "Ñaëng Thò Huyønh",
        "PHAÏM VAÊN HUØNG",
    ],
)
def test_letters_of_a_wrong_encoding_are_refused(text):
    assert refused(NAME, text) == "wrong_encoding"
    assert refused(TEXT, text) == "wrong_encoding"


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Thị Hòa",
        "Hoà",
        "Huỳnh Thuý Uyên",
        "ĐẶNG THỊ XÃ",
        "“THỊ XÃ”",
        "Ðỗ Văn Ðạt",
        "H’Hen Niê",
        "Y Ƀhuăn Êban",
        "Noël",
        "Muñoz Peña",
        "Raúl García",
        "Müller Jürgen",
        "Sørensen",
        "Häkkinen",
        "João",
        "Công ty «Hòa Bình»",
        "12½ Lê Lợi",
        "Panadol®",
        "36 °C – sốt",
    ],
)
def test_letters_of_vietnamese_and_other_names_are_not(text):
    assert not strange_text.is_garbled(text)
