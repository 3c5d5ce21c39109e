"""What a column as a whole tells of its cells."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest
from django.db import connection

from tests.making.files_read_here import read_here
from vssid.domain.imports.errors import BadFile
from vssid.domain.imports.files import reading
from vssid.domain.imports.importer import Counts, Digits, Importer
from vssid.domain.imports.read import loading
from vssid.domain.imports.read.written_days import Order

from .. import cells

pytestmark = pytest.mark.django_db
RUN = 0
IMPORTER = Importer(
    kind="words",
    title="words",
    columns=(
        cells.pattern(
            "code",
            "",
            r"^(\d{10}|\d{12})$",
            "bad",
            digits=Digits(frozenset({10, 12}), lambda digits: len(digits) == 10 and digits[0] == "1"),
        ),
        cells.day("day", ""),
        cells.day("other", ""),
    ),
    key={"code": "s.code"},
    merge=lambda batch: Counts(),
)


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch)


def loaded(path: Path, order: Order = Order.UNSAID) -> tuple[list[str], set[tuple[object, ...]]]:
    """The days in staging, and what was refused."""
    source = reading.open_source(path, IMPORTER)
    refused: set[tuple[object, ...]] = set()
    with connection.cursor() as cursor:
        loading.load(
            cursor,
            RUN,
            IMPORTER,
            source,
            seal=lambda _field, plain: plain,
            refuse=lambda *why: refused.add(why),
            leave_out=lambda *why: None,
            progress=lambda _done, _total: None,
            order=order,
        )
        cursor.execute(f"SELECT day FROM imports_staging_{RUN} ORDER BY line")
        return [row[0] for row in cursor.fetchall()], refused


def csv_of(folder: Path, *days: str, codes: list[str] | None = None) -> Path:
    path = folder / "words.csv"
    given = codes or [f"{3_199_000_000 + at}" for at in range(len(days))]
    lines = [f"{code},{day}" for code, day in zip(given, days or [""] * len(given), strict=True)]
    path.write_text("\n".join(["code,day", *lines]) + "\n")
    return path


def doubted(path: Path) -> tuple[list[str], int]:
    with pytest.raises(BadFile) as refusal:
        loaded(path)
    assert refusal.value.facts["reason"] == "days"
    return refusal.value.facts["columns"], refusal.value.facts["cells"]


def test_days_after_the_twelfth_of_one_kind_only_stop_a_csv_too(tmp_path):
    path = csv_of(tmp_path, "1990-01-09", "1990-02-03", "15/01/1990", "1990-05-05", "31/12/1990")
    assert doubted(path) == (["day"], 2)
    days, _ = loaded(path, Order.TURNED)
    assert days == ["1990-09-01", "1990-03-02", "1990-01-15", "1990-05-05", "1990-12-31"]
    days, _ = loaded(path, Order.AS_SHOWN)
    assert days[0] == "1990-01-09"


def test_more_days_with_the_month_first_than_with_the_day_first_stop_a_file(tmp_path):
    path = csv_of(tmp_path, "12/31/1990", "1/13/1990", "3/4/1990", "25/12/1990")
    assert doubted(path) == (["day"], 3)
    days, _ = loaded(path, Order.MONTH_FIRST)
    assert days[:3] == ["1990-12-31", "1990-01-13", "1990-03-04"]


def test_many_days_of_which_none_is_after_the_twelfth_stop_a_file(tmp_path):
    days = [f"19{70 + at}-{at % 11 + 1:02}-{(at + 3) % 12 + 1:02}" for at in range(25)]
    assert doubted(csv_of(tmp_path, *days))[0] == ["day"]
    loaded(csv_of(tmp_path, *days, "1990-01-13"))


@pytest.mark.parametrize(
    "days",
    [
        ["1990-01-09", "1990-01-15", "15/01/1990"],
        ["1990-01-09", "09/01/1990", "15/01/1990"],
        ["12/31/1990", "31/12/1990", "30/12/1990"],
        [f"{1990 + at}-07-01" for at in range(30)],  # many periods begin on the first
        ["01/02/1990", "02/02/1990"],
    ],
)
def test_days_that_give_no_reason_for_doubt_do_not(tmp_path, days):
    loaded(csv_of(tmp_path, *days))


def test_real_days_beside_days_in_text_stop_a_workbook(tmp_path):
    from datetime import date

    book = openpyxl.Workbook()
    for row in (
        ["code", "day", "other"],
        ["3199000001", date(1990, 1, 9), date(2020, 1, 20)],
        ["3199000002", date(1990, 1, 20), date(2020, 1, 9)],
        ["3199000003", "03/04/1990", None],
    ):
        book.active.append(row)
    book.save(tmp_path / "words.xlsx")
    assert doubted(tmp_path / "words.xlsx") == (["day"], 1)
    days, _ = loaded(tmp_path / "words.xlsx", Order.TURNED)
    assert days == ["1990-09-01", "1990-01-20", "1990-04-03"]


@pytest.mark.parametrize(
    ("codes", "lines"),
    [
        (["319900001", "1099012345", "3199000002"], {2, 3}),  # BHXH codes that lost a zero
        (["31188000001", "1099012345"], {2, 3}),  # personal numbers that lost one
        (["1099012345", "3199000002"], set()),  # nobody lost any
        (
            ["319900001", "1099012345", "0199000001", "0199000002"],
            {2},
        ),  # one mistyped among those with theirs
    ],
)
def test_codes_beside_those_that_lost_their_zeros_are_not_believed(tmp_path, codes, lines):
    _, refused = loaded(csv_of(tmp_path, codes=codes))
    assert {line for line, *_ in refused} == lines
    assert {code for *_, code in refused} <= {"lost_zero", "near_lost_zero"}


def test_numbers_of_parquet_are_numbers(tmp_path):
    path = tmp_path / "words.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"code": pyarrow.array([1099012345, 3199000001])}), path)
    assert loaded(path)[1] == {(1, "code", "lost_zero")}


def test_a_number_that_is_shown_with_its_zeros_has_them(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["code"])
    for number, shown in (
        (199000001, "0000000000"),
        (31188000001, "000000000000"),
        (1099012345, "0000000000"),
    ):
        book.active.append([number])
        book.active.cell(book.active.max_row, 1).number_format = shown
    book.save(tmp_path / "words.xlsx")
    assert loaded(tmp_path / "words.xlsx")[1] == {(4, "code", "lost_zero")}
