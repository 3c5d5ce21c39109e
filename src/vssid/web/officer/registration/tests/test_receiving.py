"""A pile of forms is scanned without waiting; each outcome has its colour and sentence."""

from __future__ import annotations

import pytest

from tests.making.registrations import make_application, make_officer_account
from tests.page_text import text_of
from vssid.domain.registration.desk.receiving import Outcome
from vssid.domain.registration.models import Application
from vssid.web.officer.registration.receiving import WORDS
from vssid.web.officer.tests.desk import browser_of, hanh, minh

pytestmark = pytest.mark.django_db
PILE, SCAN = "/can-bo/nhan-to-khai", "/can-bo/nhan-to-khai/quet"


def test_each_outcome_has_words_of_its_own():
    assert WORDS.keys() == set(Outcome)
    assert len({str(title) for _pill, title, _text in WORDS.values()}) == len(Outcome)


def test_a_scan_gives_its_line_and_the_page_lists_the_day():
    number = Application.objects.get(id=make_application()).number
    client = minh()
    line = client.post(SCAN, {"ma": number})
    assert 'data-outcome="received"' in line.text
    assert "<html" not in line.text
    assert 'data-outcome="twice"' in client.post(SCAN, {"ma": number}).text
    page = text_of(client.get(PILE).content)
    assert "Đã nhận hôm nay, chưa quyết định 1" in page
    assert number in page


def test_without_a_script_the_page_says_what_became_of_the_sheet():
    number = Application.objects.get(id=make_application()).number
    page = text_of(hanh().post(PILE, {"ma": number}).content)
    assert "Cơ quan khác" in page
    assert "Hồng Bàng" in page
    assert "Không có trong hệ thống" in text_of(minh().post(PILE, {"ma": "<b>"}).content)


def test_who_may_not_take_in_forms_has_no_such_page_and_no_way_to_it():
    auditor = browser_of(make_officer_account("kiem", role="auditor"))
    assert auditor.post(SCAN, {"ma": "x"}).status_code == 403
    assert PILE not in auditor.get("/can-bo/ho-so").text
    assert PILE in minh().get("/can-bo/ho-so").text
