"""The office answers what employers propose."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.making.registrations import HONG_BANG, make_officer_account
from tests.page_text import text_of
from vssid.domain.employers.days.tests.made import make_day
from vssid.domain.employers.models import RegistrationDay

from .test_employer_pages import desk

pytestmark = pytest.mark.django_db
PAGE = "/can-bo/ngay-dang-ky"


@pytest.fixture
def day(wednesday: time_machine.Traveller) -> RegistrationDay:
    return make_day()


def answer(client: Client, day: RegistrationDay, act: str, **typed: Any) -> Any:
    return client.post(f"{PAGE}/{day.id}/tra-loi", {"viec": act, **typed})


def test_a_day_is_accepted_with_an_officer_who_can_be_changed(day: RegistrationDay) -> None:
    client = desk()
    minh = make_officer_account("minh", HONG_BANG, "Minh")
    ha = make_officer_account("ha", HONG_BANG, "Hà")
    assert "Hội trường Sao Mai" in text_of(client.get(PAGE).content)
    assert answer(client, day, "nhan", officer=minh).status_code == 302
    assert answer(client, day, "doi", officer=ha).status_code == 302
    calendar = text_of(client.get(PAGE, {"xem": "lich"}).content)
    assert "Hà" in calendar
    assert answer(client, day, "nhan", officer=minh).status_code == 409


def test_no_officer_no_reason_and_no_act_are_refused(day: RegistrationDay) -> None:
    client = desk()
    make_officer_account("minh", HONG_BANG, "Minh")
    assert "Hãy chọn cán bộ trong danh sách." in answer(client, day, "nhan").content.decode()
    assert answer(client, day, "nhan", officer="1").status_code == 422
    assert "Hãy ghi lý do" in answer(client, day, "khong").content.decode()
    assert answer(client, day, "xóa").status_code == 404
    assert answer(client, day, "khong", why="Hết cán bộ").status_code == 302
    assert "Hết cán bộ" in text_of(client.get(f"{PAGE}/{day.id}").content)


def test_an_officer_named_elsewhere_at_these_hours_is_refused_by_name(day: RegistrationDay) -> None:
    minh = make_officer_account("minh", HONG_BANG, "Minh")
    client, other = desk(), make_day()
    answer(client, day, "nhan", officer=minh)
    refused = answer(client, other, "nhan", officer=minh)
    assert refused.status_code == 422
    assert "đã được cử đến" in refused.content.decode()


def test_who_may_only_look_and_another_office_answer_nothing(day: RegistrationDay) -> None:
    looks = desk("auditor")
    assert "Nhận và cử cán bộ" not in text_of(looks.get(f"{PAGE}/{day.id}").content)
    assert answer(looks, day, "khong", why="x").status_code == 403
    elsewhere = desk("collection_officer", "03102")
    assert elsewhere.get(f"{PAGE}/{day.id}").status_code == 404
    assert answer(elsewhere, day, "khong", why="x").status_code == 404
