"""The list behind a figure taken away: what the page shows to this reader, and no line more."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest

from tests.making import roll_out
from tests.making.roll_out import FIRST, NOW, PROVINCE, SECOND, THIRD
from vssid.domain.audit.models import Event
from vssid.domain.registration.models import Application
from vssid.domain.reports import counting
from vssid.domain.reports.models import FileLine
from vssid.web.officer.reports import sheets
from vssid.web.officer.reports.behind import paging

from .shown import text_of
from .test_files import DAYS, EVIL, director, sheet_of, take

pytestmark = pytest.mark.django_db
PAGES = {
    "report_files": "ho-so",
    "report_workers": "lao-dong",
    "report_drafts": "dang-dien",
    "report_messages": "tin-nhan/danh-sach",
}


@pytest.fixture
def made() -> dict[str, Any]:
    made = roll_out.make_plan(roll_out.make_world(people=30, files=60))
    counting.recount(NOW, people=True)
    return made


def rows_of(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("name", PAGES)
def test_a_list_is_taken_with_the_columns_of_its_page(made: dict[str, Any], name: str) -> None:
    client = director(FIRST)
    days = "&".join(f"{key}={value}" for key, value in DAYS.items())
    page = client.get(f"/can-bo/bao-cao/{PAGES[name]}?{days}&buoc=sent")
    heads = re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', page.content.decode())
    rows = rows_of(take(client, name, "csv", buoc="sent"))
    assert rows[0] == heads
    assert len(rows) - 2 == page.content.decode().partition("<tbody>")[2].partition("</tbody>")[0].count(
        "<tr>"
    )
    assert "số liệu tính đến 10:00, 18/11/2026" in rows[-1][0]
    book = sheet_of(take(client, name, "xlsx", buoc="sent"))
    assert list(next(row for row in book if row[0] == heads[0]))[: len(heads)] == heads


def test_all_pages_of_a_list_are_taken_and_it_is_an_event(
    made: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PER_PAGE", 5)
    below = FileLine.objects.filter(office_code__in=[PROVINCE, FIRST, SECOND], sent_on__gte="2026-10-01")
    rows = rows_of(take(director(), "report_files", "csv", buoc="sent", trang="2"))
    assert len(rows) == below.count() + 2
    event = Event.objects.get(kind="report.taken")
    assert (event.facts["report"], event.facts["rows"]) == ("report_files", below.count())


def test_who_may_not_see_files_takes_no_names(made: dict[str, Any]) -> None:
    for office, role, names in ((FIRST, "director", True), (FIRST, "collection_officer", False)):
        client = director(office, role)
        for name in ("report_files", "report_workers"):
            content = take(client, name, "csv", buoc="approved").content.decode()
            assert ("Người Mẫu" in content, FIRST in content) == (names, True), (role, name)


def test_a_list_of_another_office_is_not_made(made: dict[str, Any]) -> None:
    for client, other in ((director(FIRST), SECOND), (director(PROVINCE), THIRD)):
        for name in PAGES:
            assert take(client, name, "csv", **{"co-quan": other}).status_code == 404
            assert take(client, name, "csv", tai=other).status_code == 404


def test_no_spreadsheet_runs_the_name_of_a_person(made: dict[str, Any]) -> None:
    Application.objects.filter(office_id=FIRST).update(full_name=EVIL)
    content = take(director(FIRST), "report_files", "csv").content.decode().replace('""', '"')
    assert f"'{EVIL}" in content
    assert f',"{EVIL}' not in content


def test_a_list_too_long_for_a_file_is_said_and_nothing_taken(
    made: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "MOST_IN_FILE", 1)
    client = director()
    for name in PAGES:
        answer = take(client, name, "xlsx")
        assert (answer.status_code, "Hãy thu hẹp số ngày" in text_of(answer)) == (422, True), name
    assert not Event.objects.filter(kind="report.taken").exists()
    assert sheets.MOST_IN_FILE == 20_000
