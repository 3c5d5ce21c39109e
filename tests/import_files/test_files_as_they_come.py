"""Files as people and their spreadsheets make them: command, upload and dry run give the same.

The files in `files_as_they_come/` are made up; each holds what once passed in silence or was refused wrongly.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.utils import timezone
from rich.console import Console

from tests.making.files_read_here import read_here
from vssid.cli.files import importing
from vssid.domain.imports.check import error_file
from vssid.domain.imports.errors import BadFile
from vssid.domain.imports.models import ImportRun, RowError, Upload
from vssid.domain.imports.queries import RunReport
from vssid.domain.imports.queries import report as report_of
from vssid.domain.imports.read.written_days import Order
from vssid.domain.imports.uploads import confirming, loading, submission
from vssid.domain.participants import row_values
from vssid.domain.participants.models.people import Contribution, Person
from vssid.domain.participants.tests.files import load_cast
from vssid.kernel.actor import Actor, ActorKind

pytestmark = pytest.mark.process  # a file is read in a process of its own

FILES = Path(__file__).parent / "files_as_they_come"
QUANG = Actor(ActorKind.OFFICER, 700, "Quang", "03101")
Why = Mapping[int, set[tuple[str, str]]]


@dataclass(frozen=True)
class Case:
    """What is right: rows read, and why rows are refused; or why the file is."""

    kind: str
    name: str
    read: int = 0
    refused: Why = field(default_factory=dict)
    whole: str = ""
    days: str = ""


def every(lines: tuple[int, ...], *names: str, code: str) -> Why:
    return {line: {(name, code) for name in names} for line in lines}


CASES = [
    Case("people", "c01-people.csv", 2),
    Case("participation", "c01-participation.xlsx", 1, {2: {("bhxh_code", "lost_zero")}}),
    Case("people", "c01-people-number.xlsx", 1, {2: {("bhxh_code", "lost_zero")}}),
    Case(
        "people",
        "c02-people.xlsx",
        1,
        {2: {(name, "broken_cell") for name in ("email", "phone", "office_code")}},
    ),
    Case(
        "participation",
        "c02-participation.xlsx",
        6,
        {
            2: {("to_month", "broken_cell")},
            3: {("unpaid_from", "broken_cell")},
            4: {("employer_code", "broken_cell")},
            5: {("job", "broken_cell")},
            6: {("wage", "broken_cell")},
        },
    ),
    Case(
        "people",
        "c03-people-closed-later.csv",
        100,
        {51: {("", "unclosed_quote")}, 81: {("", "quote_end")}},
    ),
    Case(
        "offices",
        "c05-offices.csv",
        2,
        {
            2: {("name", "formula_text"), ("address", "formula_text"), ("province_code", "unknown_province")},
            3: {("name", "formula_text"), ("province_code", "unknown_province")},
        },
    ),
    Case("people", "c07-people.csv", 25),
    Case("people", "c08-10-people.csv", 5),
    Case("participation", "c12-participation.csv", 7),
    Case("people", "dirty-05_nbsp_zero_width.csv", 8),
    Case("people", "dirty-08c_mojibake.csv", 2, every((2, 3), "full_name", "street", code="wrong_encoding")),
    Case(
        "people",
        "dirty-09_formulas_no_cache.xlsx",
        4,
        {
            2: {("full_name", "formula")},
            3: {("id_number", "formula")},
            4: {("full_name", "broken_cell")},
            5: {("full_name", "formula")},
        },
    ),
    Case(
        "participation",
        "dirty-22_money_months.csv",
        15,
        {
            5: {("from_month", "bad_month"), ("to_month", "bad_month")},
            10: {("to_month", "ends_before")},
            11: {("wage", "odd_wage")},
            12: {("wage", "odd_wage")},
            14: {("wage", "bad_wage")},
            15: {("wage", "odd_wage")},
        },
    ),
    Case("participation", "dirty-22b_money.xlsx", 2),
    Case("people", "dirty-10b_merged_cells.xlsx", whole="merged"),
    Case("people", "dirty-12c_vn_headers.csv", 1),
    Case("people", "dirty-14_quoted_newlines.csv", 3),
    Case(
        "people",
        "dirty-16_mixed_dates.csv",
        18,
        every((4, 7, 11, 12, 18), "birth_date", code="bad_day")
        | {16: {("birth_date", "born_before")}, 17: {("birth_date", "born_later")}},
    ),
    Case(
        "people",
        "dirty-26_injection.csv",
        2,
        {
            2: {("full_name", "formula_text"), ("birth_date", "bad_day"), ("street", "formula_text")},
            3: {("full_name", "formula_text"), ("birth_date", "bad_day")},
        },
    ),
    Case("people", "c06-people.xlsx", whole="days"),
    Case("people", "c06-people.xlsx", 7, days="turned"),
    Case("people", "c06-people.xlsx", 7, days="as-shown"),
]


def by_command(case: Case, path: Path, *, dry_run: bool) -> RunReport:
    known = importing.importers()
    how = importing.How("Sở mẫu", dry_run, days=case.days)
    report: RunReport = importing.import_file(known[case.kind], path, how)
    return report


def by_upload(case: Case, path: Path, *, dry_run: bool) -> RunReport:
    delivery = submission.Delivery(case.kind, path.name, "Sở mẫu", dry_run, order=Order(case.days))
    upload_id = submission.receive(path, delivery, by=QUANG, now=timezone.now())
    loading.work(upload_id, clock=timezone.now)
    row = Upload.objects.get(id=upload_id)
    if row.state == Upload.State.REFUSED:
        raise BadFile(**row.refusal)
    if not dry_run:
        # What the file would do is shown first, and loaded once that is confirmed.
        assert row.state == Upload.State.SHOWN
        assert confirming.confirm(upload_id, row.shown_id or 0, by=QUANG, now=timezone.now())
        loading.work(upload_id, clock=timezone.now)
        row.refresh_from_db()
    assert row.state == Upload.State.DONE
    assert row.run_id is not None
    return report_of(row.run_id)


def why(report: RunReport) -> Why:
    reasons: dict[int, set[tuple[str, str]]] = {}
    for line, name, code in RowError.objects.filter(run=report.run_id).values_list("line", "field", "code"):
        reasons.setdefault(line, set()).add((name, code))
    return reasons


def written() -> tuple[int, int]:
    return Person.objects.count(), Contribution.objects.count()


@pytest.fixture
def register(db, tmp_path, settings):
    """Lan, Bình, their office and employer."""
    settings.DATA = tmp_path / "data"
    settings.BLOBS_URL = f"file://{tmp_path}/blobs"
    load_cast()
    return tmp_path


@pytest.mark.parametrize("way", [by_command, by_upload])
@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.name}{case.days and '-'}{case.days}")
def test_a_file_as_it_comes_is_read_in_the_same_way_everywhere(register, case, dry_run, way, monkeypatch):
    if not (way is by_upload and dry_run):  # that way as ever, in a process of its own
        read_here(monkeypatch)
    before = written()
    path = shutil.copy(FILES / case.name, register)
    if case.whole:
        with pytest.raises(BadFile) as refusal:
            way(case, Path(path), dry_run=dry_run)
        assert refusal.value.facts["reason"] == case.whole
        assert written() == before
        return
    report = way(case, Path(path), dry_run=dry_run)
    assert (report.read, why(report)) == (case.read, case.refused)
    assert report.new + report.changed + report.same + report.refused == report.read
    if dry_run or report.new + report.changed == 0:
        assert written() == before


def test_a_code_that_was_doubted_is_not_believed_for_being_sent_again(register, monkeypatch):
    read_here(monkeypatch)
    by_command(Case("people", "c01-people.csv"), FILES / "c01-people.csv", dry_run=False)
    case = Case("participation", "c01-participation.xlsx")
    path = by_command(case, FILES / case.name, dry_run=False).error_file
    assert path is not None
    assert why(by_command(case, path, dry_run=False)) == {2: {("bhxh_code", "lost_zero")}}
    assert not Contribution.objects.exists()
    corrected = register / "corrected.csv"
    corrected.write_text(path.read_text(encoding="utf-8-sig").replace("?1099012345", "001099012345"))
    again = by_command(case, corrected, dry_run=True)
    assert (why(again), again.new) == ({}, 1)


def births(prefix: str) -> list[str]:
    people = Person.objects.filter(bhxh_code__startswith=prefix).order_by("bhxh_code")
    return [f"{day:%d/%m}" for day in people.values_list("birth_date", flat=True)]


@pytest.mark.parametrize(
    ("days", "first"), [("turned", ["01/09", "02/03", "12/11"]), ("as-shown", ["09/01", "03/02", "11/12"])]
)
def test_who_says_how_the_days_are_meant_is_believed_and_it_is_kept(register, days, first, monkeypatch):
    read_here(monkeypatch)
    case = Case("people", "c06-people.xlsx", days=days)
    with pytest.raises(BadFile) as refusal:
        by_command(Case("people", "c06-people.xlsx"), FILES / case.name, dry_run=False)
    assert (refusal.value.facts["columns"], refusal.value.facts["cells"]) == (["birth_date"], 3)
    report = by_command(case, FILES / case.name, dry_run=False)
    assert births("31982") == [*first, "15/01", "28/02", "31/12", "13/07"]
    assert report.order == days


@pytest.mark.parametrize("way", [by_command, by_upload])
def test_a_file_without_rows_is_no_success(register, way):
    path = register / "empty.csv"
    path.write_text("code,name\n")
    with pytest.raises(BadFile) as refusal:
        way(Case("employers", path.name), path, dry_run=False)
    assert refusal.value.facts["reason"] == "no_rows"


def test_the_command_says_what_headings_mean_and_the_whole_path_of_the_errors(register, monkeypatch):
    folder = register / ("a-long-name-" * 8)
    folder.mkdir()
    path = folder / "[people].csv"
    path.write_text(
        (FILES / "dirty-12c_vn_headers.csv")
        .read_text()
        .replace("1990-01-02", "1990-13-02")
        .replace("Mã số BHXH", "Số sổ")
    )
    told = Console(width=40, record=True, file=io.StringIO())
    monkeypatch.setattr(importing, "console", told)
    monkeypatch.setattr(importing.boot, "django", lambda: None)
    settings.DATA = folder
    assert importing.run("people", [path], importing.How("Sở mẫu")) == 2
    assert "Cột lạ: Số sổ." in (said := told.export_text(clear=True))
    assert '--heading "TIÊU ĐỀ=cột"' in said
    meant = importing.How("Sở mẫu", headings=importing.headings_said(["Số sổ=bhxh_code"]))
    assert importing.run("people", [path], meant) == 1
    said = told.export_text(clear=True)
    assert "[people].csv: Số sổ → Mã số BHXH" in said.splitlines()
    assert f"Tệp lỗi: {ImportRun.objects.get(kind='people', headings__gt='').error_file}" in said.splitlines()
    assert importing.run("people", [path], importing.How("Sở mẫu")) == 1, "what was said is remembered"
    path.write_text("bhxh_code,full_name,birth_date,sex\n")
    assert importing.run("people", [path], importing.How("Sở mẫu")) == 2


def sheet_of(path: Path) -> list[list[tuple[str, object]]]:
    rows = openpyxl.load_workbook(path).active.iter_rows()
    return [[(cell.data_type, cell.value) for cell in row if cell.value is not None] for row in rows]


@pytest.mark.parametrize(
    ("kind", "name"), [("offices", "c05-offices.csv"), ("people", "dirty-26_injection.csv")]
)
def test_an_error_file_runs_no_formula_and_goes_in_again_as_it_is(register, kind, name, monkeypatch):
    read_here(monkeypatch)
    report = by_command(Case(kind, name), FILES / name, dry_run=False)
    path = report.error_file
    assert path is not None
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r"))]
    assert [cell for cell in cells if cell.startswith(("'=", "'+", "'@"))]
    book = path.with_suffix(".xlsx")
    book.write_bytes(error_file.as_xlsx([path.read_bytes()]))
    assert {data_type for row in sheet_of(book) for data_type, _ in row} == {"s"}
    for again in (path, book):
        assert why(by_command(Case(kind, name), again, dry_run=True)) == why(report)


def test_a_corrected_error_file_is_loaded_as_csv_and_as_workbook(register, monkeypatch):
    read_here(monkeypatch)
    given = register / "people.csv"
    given.write_text(
        "bhxh_code,full_name,birth_date,sex,street\n"
        "3177009003,Lan,99/99/1990,Nữ,+84 phố -2\n3177009004,Mai,99/99/1990,2,-5 ngõ 3\n"
    )
    case = Case("people", given.name)
    path = by_command(case, given, dry_run=False).error_file
    assert path is not None
    assert "Ngày sinh “99/99/1990”" in path.read_text()
    path.write_text(path.read_text().replace("99/99/1990,", "9/9/1990,"))
    book = path.with_suffix(".xlsx")
    book.write_bytes(error_file.as_xlsx([path.read_bytes()]))
    assert by_command(case, book, dry_run=True).new == 2
    assert by_command(case, path, dry_run=False).new == 2
    people = Person.objects.filter(bhxh_code__startswith="31770090").order_by("bhxh_code")
    assert [row_values.private(person)["street"] for person in people] == ["+84 phố -2", "-5 ngõ 3"]


def test_the_error_file_of_a_run_has_its_days_as_they_were_meant(register):
    given = register / "people.csv"
    given.write_text(
        "bhxh_code,full_name,birth_date,sex\n3177009003,Lan,1/9/1990,4\n3177009004,Mai,1/25/1990,2\n"
    )
    path = by_command(Case("people", given.name, days="month-first"), given, dry_run=False).error_file
    assert path is not None
    assert ",1990-01-09," in path.read_text()
