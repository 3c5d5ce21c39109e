"""Minh reviews Lan's application without JavaScript, from the scan to the password in her hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.making import staff
from tests.making.registrations import LAN, NOW, make_application, make_officer_account
from tests.making.sms import last_activation, texts_to
from tests.page_text import text_of
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.audit.models import Event
from vssid.domain.audit.verify import verify_chain
from vssid.domain.registration.models import Application
from vssid.web.officer.tests.desk import file_of, press_approve

pytestmark = [pytest.mark.django_db, pytest.mark.journey]


def sign_in(username: str) -> Client:
    browser = Client()
    staff.sign_in(browser, username)
    return browser


def press(browser: Client, application: int, button: str, **data: object) -> str:
    """Press a button of the file; what the page says then."""
    return text_of(browser.post(file_of(application, button), data, follow=True).content)


def person_can_sign_in(password: str) -> bool:
    answer = Client().post("/dang-nhap", {"name": LAN.bhxh_code, "password": password})
    return answer.status_code == 302


def test_minh_scans_compares_approves_and_lan_gets_her_password() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        make_officer_account("minh", name="Minh")
        make_officer_account("ngoc", name="Ngọc")
        application = make_application()
        number = Application.objects.get(id=application).number
        minh, ngoc = sign_in("minh"), sign_in("ngoc")

        opened = minh.post("/can-bo/tim", {"q": number}, follow=True)
        assert opened.redirect_chain == [(file_of(application), 302)]
        assert "Nguyễn Thị Lan" in text_of(opened.content)
        assert minh.get(file_of(application, "anh/portrait")).status_code == 200

        assert "chưa nhận tờ khai mẫu 01 có chữ ký" in press(minh, application, "duyet")
        assert "Đã ghi nhận tờ khai." in press(minh, application, "nhan-to-khai")
        assert "chưa đối chiếu bản chính giấy tờ" in press(minh, application, "duyet")
        assert "Đã ghi nhận đối chiếu bản chính." in press(minh, application, "xem-ban-chinh")
        assert "còn nội dung cần kiểm tra" in press(minh, application, "duyet")
        approved = minh.get(press_approve(minh, file_of(application, "duyet"))["Location"])
        assert "Đã duyệt. Mật khẩu kích hoạt đang được gửi." in text_of(approved.content)
        assert "Minh đã duyệt hồ sơ này lúc 20:14" in press(ngoc, application, "duyet")

        first = last_activation(application)
        clock.shift(timedelta(minutes=5))
        assert "Mật khẩu trước không còn dùng được." in press(ngoc, application, "gui-lai")
        second = last_activation(application)
        assert not person_can_sign_in(first)
        assert person_can_sign_in(second)

        assert Account.objects.filter(kind="citizen").count() == 1
        assert len(texts_to(application, "account_activation")) == 1
        kinds = list(Event.objects.filter(subject_id=application).values_list("kind", flat=True))
        assert kinds.count("application.approved") == kinds.count("account.opened") == 1
        assert verify_chain().sound


def test_minh_refuses_and_lan_reads_why_and_sends_again() -> None:
    with time_machine.travel(NOW, tick=False):
        make_officer_account("minh", name="Minh")
        application = make_application()
        minh = sign_in("minh")
        said = press(minh, application, "tu-choi", reasons=["photo_unclear"], text="Chụp lại mặt trước.")
        assert "Đã từ chối. Người nộp được nhắn tin báo." in said
        assert "Chụp lại mặt trước." in said
        assert texts_to(application, "application_refused")
        assert make_application() != application  # nothing open is in the way of a new one
        assert "Xong hôm nay 1" in text_of(minh.get("/can-bo/ho-so").content)
