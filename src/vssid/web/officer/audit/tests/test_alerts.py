"""Who is answerable reads what the nights found, and says what it was."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from tests.making.registrations import (
    ELSEWHERE,
    HONG_BANG,
    LAN,
    make_office,
    make_officer_account,
    make_person,
)
from tests.page_text import text_of
from vssid.domain.oversight.models import RULES, Alert
from vssid.web.officer.audit.words import RULES as WORDS
from vssid.web.officer.tests.desk import browser_of

pytestmark = pytest.mark.django_db
ALERTS = "/can-bo/nhat-ky/canh-bao"


@pytest.fixture
def director():
    return browser_of(make_officer_account("giam", role="director", name="Giám"))


def make_alert(**changes):
    given = {
        "rule": "looked_only", "day": date(2026, 11, 23), "actor_id": 7, "actor_name": "Minh",
        "office": HONG_BANG, "count": 31, "made_at": timezone.now(),
    }  # fmt: skip
    return Alert.objects.create(**given | changes)


def test_each_rule_has_words():
    assert WORDS.keys() == set(RULES)


def test_an_alert_is_looked_into_with_its_events_and_a_word_of_what_it_was(director):
    alert = make_alert()
    page = text_of(director.get(ALERTS).content)
    assert "Mở nhiều hồ sơ mà không xử lý" in page
    assert "31 hồ sơ trong ngày chỉ được mở xem" in page
    shown = director.get(f"{ALERTS}/{alert.id}")
    assert "tu=2026-11-23&amp;den=2026-11-23&amp;viec=xem&amp;can-bo=7" in shown.text
    assert director.post(f"{ALERTS}/{alert.id}", {"note": ""}).status_code == 422
    answer = director.post(f"{ALERTS}/{alert.id}", {"note": "Trực bàn tra cứu"}, follow=True)
    assert "Đã ghi nhận." in text_of(answer.content)
    assert "Không có cảnh báo nào" in text_of(answer.content)
    assert "Trực bàn tra cứu" in text_of(director.get(f"{ALERTS}/{alert.id}").content)
    assert "Mở nhiều hồ sơ" in text_of(director.get(f"{ALERTS}?xem=da-xem").content)


def test_an_alert_about_a_person_leads_to_the_month_before_it(director):
    person_id = make_person(LAN)
    alert = make_alert(rule="many_lookers", actor_id=0, actor_name="", subject_id=person_id, count=5)
    shown = director.get(f"{ALERTS}/{alert.id}")
    assert LAN.bhxh_code in text_of(shown.content)
    assert f"tu=2026-10-24&amp;den=2026-11-23&amp;viec=xem&amp;nguoi={person_id}" in shown.text


def test_an_alert_of_another_office_is_not_there(director):
    make_office(ELSEWHERE)
    alert = make_alert(office=ELSEWHERE)
    assert "Mở nhiều hồ sơ" not in text_of(director.get(ALERTS).content)
    assert director.get(f"{ALERTS}/{alert.id}").status_code == 404
    assert director.post(f"{ALERTS}/{alert.id}", {"note": "x"}).status_code == 404


def test_nobody_looks_into_an_alert_about_oneself():
    own = make_officer_account("giam", role="director", name="Giám")
    alert = make_alert(actor_id=own)
    client = browser_of(own)
    assert "Người khác phải xem lại" in text_of(client.get(f"{ALERTS}/{alert.id}").content)
    assert client.post(f"{ALERTS}/{alert.id}", {"note": "x"}).status_code == 404


def test_an_auditor_reads_alerts_and_changes_nothing():
    auditor = browser_of(make_officer_account("kiem", role="auditor"))
    alert = make_alert()
    assert "Ghi nhận đã xem lại" not in auditor.get(f"{ALERTS}/{alert.id}").text
    assert auditor.post(f"{ALERTS}/{alert.id}", {"note": "x"}).status_code == 403
