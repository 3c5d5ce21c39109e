"""Reports made ahead, on their page: asked for, listed, taken, and counted on the start page."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.making import roll_out
from tests.making.registrations import make_officer_account
from tests.making.roll_out import FIRST, NOW, PROVINCE
from vssid.domain.reports import making
from vssid.domain.reports.models import Made, Schedule
from vssid.web.officer.tests.desk import browser_of

from .shown import text_of

pytestmark = pytest.mark.django_db
HERE = "/can-bo/bao-cao/da-lap"


@pytest.fixture
def client() -> Client:
    roll_out.make_counted_world(people=20, files=30)
    return director()


def director(office: str = PROVINCE) -> Client:
    return browser_of(make_officer_account(f"dir.{office}", office, "Hoa", "director"))


def test_a_report_is_asked_for_made_and_taken(client: Client) -> None:
    assert "Chưa có lịch nào" in text_of(client.get(HERE))
    client.post(HERE, {"report": "report_progress", "rhythm": "weekly"})
    making.make_due(NOW)
    page = text_of(client.get(HERE))
    assert "09/11/2026 – 15/11/2026" in page
    assert "Báo cáo mới lập, chưa tải" in text_of(client.get("/can-bo"))
    row = Made.objects.get()
    answer = client.post(f"{HERE}/{row.id}", {"dang": "pdf"})
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert "Báo cáo mới lập, chưa tải" not in text_of(client.get("/can-bo"))


def test_what_is_wrong_is_said_beside_the_field(client: Client) -> None:
    client.post(HERE, {"report": "report", "rhythm": "weekly"})
    again = client.post(HERE, {"report": "report", "rhythm": "weekly"})
    assert (again.status_code, "đã có lịch lập báo cáo này" in text_of(again)) == (422, True)
    odd = client.post(HERE, {"report": "report_ageing", "rhythm": "daily"})
    assert (odd.status_code, "Hãy chọn báo cáo trong danh sách" in text_of(odd)) == (422, True)


def test_anothers_report_and_schedule_are_not_there(client: Client) -> None:
    client.post(HERE, {"report": "report", "rhythm": "weekly"})
    making.make_due(NOW)
    other = director(FIRST)
    assert other.post(f"{HERE}/{Made.objects.get().id}", {"dang": "pdf"}).status_code == 404
    assert other.post(f"{HERE}/lich/{Schedule.objects.get().id}/thoi").status_code == 404
    assert client.post(f"{HERE}/lich/{Schedule.objects.get().id}/thoi").status_code == 302
    assert client.post(f"{HERE}/{Made.objects.get().id}", {"dang": "exe"}).status_code == 404
