"""Lan, approved at the counter, signs in with the text message, sets a password, uses the card, signs out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from tests.making.registrations import LAN, NOW, make_officer, make_ready
from tests.making.sms import last_activation
from vssid.domain.participants.models.people import Person
from vssid.domain.registration import actions
from vssid.web.citizen.tests.cast import add_coverage, add_period

pytestmark = [pytest.mark.django_db, pytest.mark.journey]
OWN = "gao-xe-mua-den"


def approved() -> int:
    """Lan's application, approved by Minh; gives its id."""
    minh = make_officer()
    application = make_ready(by=minh)
    actions.approve(application, by=minh, now=NOW)
    return application


def send(client: Client, name: str, password: str):
    return client.post("/dang-nhap", {"name": name, "password": password, "tiep": "/the"})


def test_from_the_text_message_to_the_card_and_out_again():
    with time_machine.travel(NOW, tick=False) as clock:
        application = approved()
        person_id = Person.objects.get().person_id
        add_period(person_id, date(2020, 3, 1), None)
        add_coverage(person_id, date(2026, 1, 1), None)
        phone = Client()
        assert phone.get("/the").headers["Location"] == "/dang-nhap?tiep=%2Fthe"

        clock.shift(timedelta(hours=2))
        step = send(phone, LAN.bhxh_code, last_activation(application).lower().replace("-", " "))
        assert step.headers["Location"] == "/dat-mat-khau?tiep=%2Fthe"
        assert phone.get("/the").headers["Location"].startswith("/dang-nhap")
        step = phone.post("/dat-mat-khau", {"new": OWN, "again": OWN, "tiep": "/the"})
        assert step.headers["Location"] == "/the"

        assert "NGUYỄN THỊ LAN" in phone.get("/the").text
        assert "<svg" in phone.get("/the/ma").text
        assert "Công ty TNHH Sao Mai" in phone.get("/qua-trinh").text

        clock.shift(timedelta(days=20))
        assert phone.get("/").status_code == 200
        clock.shift(timedelta(days=20))
        assert "Quản lý cá nhân" in phone.get("/").text

        assert phone.post("/dang-xuat").headers["Location"] == "/da-dang-xuat"
        assert phone.get("/the").status_code == 302


def test_she_signs_in_with_her_id_number_too():
    with time_machine.travel(NOW, tick=False):
        application = approved()
        answer = send(Client(), LAN.id_number, last_activation(application))
        assert answer.headers["Location"].startswith("/dat-mat-khau")


def test_too_late_for_the_password_she_asks_the_counter_and_gets_another():
    with time_machine.travel(NOW, tick=False) as clock:
        application = approved()
        late = last_activation(application)
        clock.shift(timedelta(hours=72))
        phone = Client()
        assert "Mật khẩu kích hoạt đã hết hạn" in send(phone, LAN.bhxh_code, late).text

        actions.resend_activation(application, by=make_officer(), now=NOW + timedelta(hours=72))
        assert "chưa đúng" in send(phone, LAN.bhxh_code, late).text
        assert send(phone, LAN.bhxh_code, last_activation(application)).status_code == 302
