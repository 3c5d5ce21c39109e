"""The collection officer's employers by need, and what is written of each."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.making import employers, roll_out
from tests.making.employers import SAO_MAI
from tests.making.registrations import NOW, make_officer_account
from tests.making.roll_out import FIRST, SECOND
from tests.page_text import text_of
from vssid.domain.employers.models import DiaryEntry
from vssid.domain.rollout import assigning
from vssid.kernel.actor import SYSTEM
from vssid.kernel.calendar import local_day
from vssid.web.officer.tests.desk import browser_of

pytestmark = pytest.mark.django_db
MINE, HERE = "/can-bo/don-vi/cua-toi", f"/can-bo/don-vi/{SAO_MAI}"
TODAY = local_day(NOW)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def places(wednesday: time_machine.Traveller) -> None:
    employers.make_employers()
    roll_out.make_employer("TZ0003A", FIRST)


def desk(role: str = "collection_officer", office: str = FIRST) -> Client:
    return browser_of(make_officer_account(f"{role}.{office}", office, "Thu", role))


@pytest.fixture
def thu() -> Client:
    number = make_officer_account("thu", FIRST, "Thu", "collection_officer")
    assigning.assign(SAO_MAI, number, TODAY, by=SYSTEM, now=NOW)
    return browser_of(number)


def written(client: Client, kind: str, day: str, text: str) -> str:
    return str(client.post(f"{HERE}/so", {"kind": kind, "on_day": day, "text": text})["Location"])


def test_the_own_employers_stand_there_with_their_needs_and_nobody_elses(thu: Client) -> None:
    page = text_of(thu.get(MINE).content)
    assert "Công ty Sao Mai (mẫu)" in page
    assert "Chưa có ai vào hệ thống" in page
    assert "TZ0003A" not in page
    assert "TZ0001A" in text_of(thu.get(MINE, {"can": "chua-vao"}).content)
    assert "Không có đơn vị nào cần việc này" in text_of(thu.get(MINE, {"can": "no-dong"}).content)


def test_who_looks_after_nobody_is_told_who_assigns() -> None:
    assert "Lãnh đạo cơ quan giao đơn vị" in text_of(desk("director").get(MINE).content)


def test_a_task_is_written_stands_on_the_start_page_on_its_day_and_is_done(
    thu: Client, wednesday: time_machine.Traveller
) -> None:
    assert written(thu, "task", f"{TODAY + DAY:%d/%m/%Y}", "Gọi lại kế toán") == f"{HERE}?xong=so#so"
    assert "Gọi lại kế toán" in text_of(thu.get(HERE).content)
    assert "Việc với đơn vị đến hạn" not in text_of(thu.get("/can-bo").content)
    wednesday.move_to(NOW + DAY)
    client = browser_of(DiaryEntry.objects.get().author_id)
    assert "Việc với đơn vị đến hạn" in text_of(client.get("/can-bo").content)
    assert "1 việc đến hạn" in text_of(client.get(MINE).content)
    task = DiaryEntry.objects.get().id
    assert client.post(f"{HERE}/so/{task}/xong")["Location"] == f"{HERE}?xong=viec#so"
    assert "Đã xong" in text_of(client.get(HERE).content)
    assert "Việc với đơn vị đến hạn" not in text_of(client.get("/can-bo").content)


def test_what_is_not_right_is_said_beside_the_field_and_what_was_typed_stays(thu: Client) -> None:
    refused = thu.post(f"{HERE}/so", {"kind": "task", "on_day": "31/02/2026", "text": "Gọi lại"})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert 'value="31/02/2026"' in page
    assert "Gọi lại" in page
    later = thu.post(f"{HERE}/so", {"kind": "visit", "on_day": f"{TODAY + DAY:%d/%m/%Y}", "text": "x"})
    assert "Lần gặp không ở ngày chưa đến." in text_of(later.content)
    assert not DiaryEntry.objects.exists()


@pytest.mark.parametrize(
    ("role", "office", "status"), [("collection_officer", SECOND, 404), ("auditor", FIRST, 403)]
)
def test_nobody_else_writes(role: str, office: str, status: int) -> None:
    client = desk(role, office)
    sent = {"kind": "note", "text": "x"}
    assert client.post(f"{HERE}/so", sent).status_code == status
    assert client.post(f"{HERE}/so/1/xong").status_code == status
    assert not DiaryEntry.objects.exists()
