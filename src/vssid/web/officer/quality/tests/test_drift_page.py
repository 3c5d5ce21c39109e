"""/can-bo/chat-luong: the director reads rates with what chance explains; nobody else does."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.making.registrations import HONG_BANG, make_office, make_officer_account
from tests.page_text import text_of
from vssid.domain.registration.tests.test_drift import LATELY, LONG_AGO, MINH, decide
from vssid.web.officer.tests.desk import browser_of, minh

pytestmark = pytest.mark.django_db


def test_the_director_reads_rate_interval_and_remark() -> None:
    make_office(HONG_BANG)
    decide(MINH, LONG_AGO, approved=18, refused=12)
    decide(MINH, LATELY, approved=30, refused=0)
    client = browser_of(make_officer_account("son", HONG_BANG, "Sơn", role="director"))
    said = text_of(client.get(reverse("officer:quality")).content)
    assert "1 cán bộ có tỷ lệ khác đi nhiều hơn mức ngẫu nhiên giải thích được." in said
    assert "100 % (30/30; 82–100 %)" in said
    assert "60 % (18/30; 37–79 %)" in said
    assert "Duyệt nhiều hơn chính mình trước đó" in said
    assert "Quá ít hồ sơ để so với đồng nghiệp" in said


def test_an_office_without_decisions_says_so() -> None:
    make_office(HONG_BANG)
    client = browser_of(make_officer_account("son", HONG_BANG, "Sơn", role="director"))
    assert "Chưa có quyết định nào trong 4 tuần qua" in text_of(
        client.get(reverse("officer:quality")).content
    )


def test_an_officer_has_no_such_page() -> None:
    answer = minh().get(reverse("officer:quality"))
    assert answer.status_code == 403
    assert "oversee" not in answer.content.decode()
