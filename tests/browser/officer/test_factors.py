"""A member of staff in Chromium: two steps by keyboard alone, and a passkey that is both."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.chromium import give_fingerprint_reader
from tests.making.registrations import make_officer_account
from tests.making.staff import OWN_PASSWORD, code_now
from vssid.domain.accounts.models.accounts import Session
from vssid.domain.accounts.models.factors import RecoveryCode

CONSOLE = re.compile(r"/can-bo$")
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_two_steps_by_keyboard_then_a_passkey_signs_in_and_answers_for_a_risky_act(
    sight: Any, live_server: Any, settings: Any
) -> None:
    settings.BASE_URL = live_server.url
    give_fingerprint_reader(sight)
    make_officer_account()
    sight.goto("/can-bo/dang-nhap")
    sight.keyboard.type("minh")
    sight.keyboard.press("Tab")
    sight.keyboard.type(OWN_PASSWORD)
    sight.keyboard.press("Enter")
    sight.wait_for_url("**/buoc-hai*")
    expect(sight.get_by_label("Mã 6 chữ số")).to_be_focused()
    sight.keyboard.type(code_now())
    sight.keyboard.press("Enter")
    sight.wait_for_url(CONSOLE)

    sight.goto("/can-bo/xac-thuc/ung-dung")
    sight.get_by_role("button", name="Thêm khóa truy cập trên máy này").click()
    sight.wait_for_url("**/can-bo/xac-thuc")
    expect(sight.get_by_role("heading", name="Khóa truy cập")).to_be_visible()

    sight.context.clear_cookies()
    sight.goto("/can-bo/dang-nhap")
    sight.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    sight.wait_for_url(CONSOLE)

    Session.objects.update(proved_at=timezone.now() - timedelta(minutes=6))
    sight.goto("/can-bo/xac-thuc")
    sight.get_by_role("button", name="Tạo bộ mã mới").click()
    expect(sight.get_by_role("heading", name="Xác nhận lại là bạn")).to_be_visible()
    sight.get_by_role("button", name="Dùng khóa truy cập").click()
    expect(sight.get_by_text("Chỉ hiện một lần")).to_be_visible()
    assert RecoveryCode.objects.count() == 0
    sight.get_by_text("Tôi đã in hoặc chép lại").click()
    sight.get_by_role("button", name="Xong, vào bàn làm việc").click()
    sight.wait_for_url(CONSOLE)
    assert RecoveryCode.objects.count() == 10
