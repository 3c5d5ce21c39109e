"""Reports taken away: the same figures in each file, nothing that runs, nothing of another office."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.test import Client

from tests.making import roll_out
from tests.making.registrations import make_officer_account
from tests.making.roll_out import FIRST, NOW, PROVINCE, SECOND, THIRD
from vssid.domain.audit import anchors
from vssid.domain.audit.models import Event
from vssid.domain.participants.models.people import Employer
from vssid.domain.reports import counting
from vssid.domain.reports.paper import letter
from vssid.web.officer.reports.pages import REPORTS
from vssid.web.officer.tests.desk import browser_of

from .shown import text_of

pytestmark = pytest.mark.django_db
HERE = "/can-bo/bao-cao/tep"
DAYS = {"tu": "01/10/2026", "den": "18/11/2026"}
EVIL = '=HYPERLINK("http://x")'


@pytest.fixture
def made() -> dict[str, Any]:
    made = roll_out.make_plan(roll_out.make_world())
    Employer.objects.filter(code=made["employer"]).update(name=EVIL)
    counting.recount(NOW, people=True)
    return made


def director(office: str = PROVINCE, role: str = "director") -> Client:
    return browser_of(make_officer_account(f"{role[:3]}.{office}", office, "Hoa", role))


def take(client: Client, report: str, form: str, **more: str) -> Any:
    return client.post(f"{HERE}/{report}", DAYS | {"dang": form} | more)


def sheet_of(answer: Any) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))


def test_csv_and_workbook_hold_the_figures_of_the_page(made: dict[str, Any]) -> None:
    client = director()
    rows = list(csv.reader(io.StringIO(take(client, "report_progress", "csv").content.decode("utf-8-sig"))))
    book = sheet_of(take(client, "report_progress", "xlsx"))
    head = next(at for at, row in enumerate(book) if row[0] == "STT")
    assert [str(cell) for cell in book[head]] == rows[0]
    for line, cells in zip(rows[1:-1], book[head + 1 :], strict=False):
        assert line[3:7] == [str(cell) for cell in cells[3:7]]
        assert all(isinstance(cell, int) for cell in cells[3:7])
    assert "số liệu tính đến 10:00, 18/11/2026" in rows[-1][0]


def test_no_spreadsheet_runs_what_a_name_says(made: dict[str, Any]) -> None:
    client = director()
    assert f"'{EVIL}" in take(client, "report_progress", "csv").content.decode().replace('""', '"')
    book = openpyxl.load_workbook(io.BytesIO(take(client, "report_progress", "xlsx").content)).active
    (cell,) = [cell for row in book.iter_rows() for cell in row if cell.value == EVIL]
    assert cell.data_type == "s"


@pytest.mark.parametrize("report", [name.removeprefix("officer:") for name in REPORTS])
def test_every_report_is_printed(made: dict[str, Any], report: str) -> None:
    answer = take(director(), report, "pdf")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert Event.objects.get(kind="report.taken").facts["report"] == report


def test_the_paper_names_the_newest_anchor_of_the_log(
    made: dict[str, Any], settings: Any, tmp_path: Any
) -> None:
    settings.BLOBS_URL = f"file://{tmp_path}"
    settings.DATA = tmp_path
    assert letter.anchor_line() == "chưa có (lập mỗi đêm)"
    anchor = anchors.take(now=NOW)
    assert letter.anchor_line() == f"{anchor.name}, lúc 10:00, 18/11/2026; mã {anchor.mark}"


def test_a_table_too_long_to_print_is_said_and_a_workbook_offered(
    made: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter, "MOST_ROWS", 2)
    answer = take(director(), "report_progress", "pdf")
    assert (answer.status_code, "Hãy tải XLSX" in text_of(answer)) == (422, True)
    assert not Event.objects.filter(kind="report.taken").exists()


def test_a_file_of_another_office_is_not_made(made: dict[str, Any]) -> None:
    first, province = director(FIRST), director(PROVINCE)
    for client, other in ((first, SECOND), (province, THIRD), (first, PROVINCE)):
        for form in ("csv", "xlsx", "pdf"):
            answer = take(client, "report_progress", form, **{"co-quan": other})
            assert (answer.status_code, form) == (404, form)


def test_a_file_holds_only_employers_of_the_own_office(made: dict[str, Any]) -> None:
    far = set(Employer.objects.exclude(office_id=FIRST).values_list("code", flat=True))
    content = take(director(FIRST), "report_progress", "csv").content.decode()
    assert made["employer"] in content
    assert not [code for code in far if code in content]


def test_an_unknown_report_or_kind_of_file_is_not_there(made: dict[str, Any]) -> None:
    client = director()
    assert take(client, "report_files", "pdf").status_code == 404
    assert take(client, "report_x", "csv").status_code == 404
    assert take(client, "report", "exe").status_code == 404
    assert take(client, "report", "csv", tu="x").status_code == 422
