"""The start of the console: what waits for the post, each count with the list behind it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.making.families import make_request as make_child_request
from tests.making.registrations import BINH, ELSEWHERE, HONG_BANG, NOW, make_office, make_officer_account
from tests.making.registrations import make_ready as make_ready_application
from tests.making.requests_of_people import make_request
from tests.page_text import text_of
from vssid.domain.casework.claims import LEASE
from vssid.domain.families import queries as families
from vssid.domain.procedures import queries as procedures
from vssid.domain.procedures.definition.shapes import Kind
from vssid.domain.procedures.models import Request
from vssid.domain.registration import queries as registration
from vssid.domain.registration.models import Application, SecondLook
from vssid.domain.support import queries as support
from vssid.domain.support.tests import desk as tickets
from vssid.web.officer.tests.desk import browser_of, file_of, hanh, minh, ngoc
from vssid.web.officer.today.items import COUNTED, MOST

pytestmark = pytest.mark.django_db
TODAY = "/can-bo"
LINE = re.compile(r'<li><a href="([^"]+)"><span>([^<]+)</span><span class="[^"]*"><span class="num">(\d+)<')
LATER = NOW + timedelta(days=60)  # every term is over


def lines(client: Client) -> dict[str, tuple[str, int]]:
    """What the page counts: words → (address, how many)."""
    page = client.get(TODAY).content.decode()
    return {words: (url.replace("&amp;", "&"), int(count)) for url, words, count in LINE.findall(page)}


def of_role(role: str, office: str = HONG_BANG) -> Client:
    make_office(office)
    return browser_of(make_officer_account(role.replace("_", "."), office, "Hoa", role))


@pytest.fixture
def work(wednesday: time_machine.Traveller) -> None:
    """A file of each kind on the office's turn, a message; and a request that waits for its person."""
    make_ready_application(BINH)
    person_id, _request_id = make_request(now=NOW, reason="damaged")
    make_request(Kind.DATA_CHANGE, person_id, now=NOW)
    make_child_request(person_id, now=NOW)
    tickets.make_ticket(1, now=NOW)


def test_each_count_opens_a_list_of_as_many(work: None) -> None:
    client = minh()
    counted = lines(client)
    assert {words: count for words, (_url, count) in counted.items()} == {
        "Hồ sơ đăng ký đã có tờ khai, chờ duyệt": 1,
        "Dịch vụ công đến lượt cơ quan": 2,
        "Hồ sơ của con chờ duyệt": 1,
        "Phản ánh chờ trả lời": 1,
    }
    for url, count in counted.values():
        rows = client.get(url).content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
        assert rows.count("<tr>") == count, url


def test_what_is_late_comes_first_and_what_is_due_today_next(
    work: None, wednesday: time_machine.Traveller
) -> None:
    wednesday.move_to(LATER)
    first = Request.objects.order_by("id").first()
    assert first is not None
    Request.objects.filter(person_id=first.person_id, id=first.id).update(due_on=LATER.date())
    client = minh()
    counted = lines(client)
    assert list(counted)[:4] == [
        "Dịch vụ công quá hạn trả lời",
        "Hồ sơ của con quá hạn trả lời",
        "Phản ánh quá hạn trả lời",
        "Dịch vụ công đến hạn hôm nay",
    ]
    for url, count in counted.values():
        rows = client.get(url).content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
        assert rows.count("<tr>") == count, url


def test_a_file_that_waits_for_a_second_officer_is_told_to_who_decides(work: None) -> None:
    row = Application.objects.get()
    SecondLook.objects.create(
        application_id=row.id,
        office_id=row.office_id,
        cause="share",
        is_waiting=True,
        first_by_id=7,
        first_by="Ngọc",
        first_at=NOW,
    )
    words = "Hồ sơ đăng ký chờ cán bộ thứ hai"
    client = minh()
    url, count = lines(client)[words]
    assert count == 1
    assert BINH.full_name in client.get(url).content.decode()
    assert words not in lines(of_role("reception"))
    assert words not in lines(hanh())


def test_nothing_of_another_office_is_counted(work: None) -> None:
    stranger = hanh()
    assert lines(stranger) == {}
    assert "Không có việc nào đang chờ" in text_of(stranger.get(TODAY).content)


def test_a_support_agent_is_told_of_messages_and_of_no_files(work: None) -> None:
    assert set(lines(of_role("support_agent"))) == {"Phản ánh chờ trả lời"}


def test_of_very_many_it_says_that_there_are_more(work: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vssid.web.officer.today.items.MOST", 2)
    assert "1+" in text_of(minh().get(TODAY).content)
    assert MOST == 1000


def test_the_files_in_hand_are_listed_until_the_lease_is_over(
    work: None, wednesday: time_machine.Traveller
) -> None:
    client, colleague = minh(), ngoc()
    place = client.post("/can-bo/tiep/ho-so")["Location"]
    assert f'href="{place}"' in client.get(TODAY).content.decode()
    assert f'href="{place}"' not in colleague.get(TODAY).content.decode()
    wednesday.move_to(NOW + LEASE + timedelta(seconds=1))
    assert f'href="{place}"' not in client.get(TODAY).content.decode()
    assert "Không có hồ sơ nào trong tay bạn" in text_of(client.get(TODAY).content)


@pytest.mark.parametrize("query", ["xem=da-xong", "sap=-ten&trang=2", "het=1", "khac=co"])
def test_an_old_address_of_the_queue_leads_there(query: str) -> None:
    assert minh().get(f"{TODAY}?{query}")["Location"] == f"/can-bo/ho-so?{query}"


def test_who_sees_no_files_is_not_led_to_their_queue() -> None:
    client = of_role("data_officer")
    assert client.get(f"{TODAY}?xem=da-xong").status_code == 200
    assert client.get("/can-bo/ho-so").status_code == 403


def test_a_file_that_nobody_touches_rises() -> None:
    """What came with its form first stands on top, also when its last day was later."""
    make_office(ELSEWHERE)
    early, late = make_ready_application(now=NOW), make_ready_application(BINH, now=NOW - timedelta(days=2))
    Application.objects.filter(id=late).update(form_received_at=NOW + timedelta(hours=1))
    page = minh().get("/can-bo/ho-so").content.decode()
    assert page.index(file_of(early)) < page.index(file_of(late))


# A line of each table again and again, at another office: what an index is for.
CROWD = """
    INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, to_jsonb(line) || {changed})).*
    FROM (SELECT * FROM {table} LIMIT 1) line, generate_series(1, 1000) AS n
"""
CHANGED = {
    "registration_application": "'id', n, 'number', 'N' || n, 'bhxh_code', 'C' || n",
    "procedures_request": "'id', n, 'person_id', n, 'number', 'N' || n",
    "families_request": "'id', n, 'person_id', n",
    "support_ticket": "'id', n, 'number', 'N' || n",
}


AT = {
    "registration": lambda: registration.waiting_at(HONG_BANG, state="received"),
    "requests": lambda: procedures.with_office_at(HONG_BANG),
    "late requests": lambda: procedures.overdue_at(HONG_BANG, on=date(2026, 11, 18)),
    "children": lambda: families.due_at(HONG_BANG, on=date(2026, 11, 18)),
    "messages": lambda: support.queue(HONG_BANG, "waiting"),
    "late messages": lambda: support.overdue_at(HONG_BANG, on=date(2026, 11, 18)),
}


@pytest.mark.parametrize("name", AT)
def test_each_count_asks_an_index_for_the_office(work: None, name: str) -> None:
    rows: Any = AT[name]()
    table, elsewhere = rows.model._meta.db_table, make_office(ELSEWHERE).code
    changed = f"jsonb_build_object({CHANGED[table]}, 'office_id', '{elsewhere}')"
    with connection.cursor() as cursor:
        cursor.execute(CROWD.format(table=table, changed=changed))
        cursor.execute(f"ANALYZE {table}")
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = rows.order_by()[:MOST].explain()
    assert re.search(r"Index Cond: .*office_id", plan), plan


def test_every_right_that_counts_says_so_for_somebody(work: None) -> None:
    """A count that fails would take the start page from everybody of the role."""
    for role in ("reception", "reviewer", "director", "data_officer", "administrator", "auditor"):
        assert of_role(role).get(TODAY).status_code == 200
    assert len(COUNTED) >= 7
    assert timezone.now() == NOW
