"""Behind a crowded address, and for a stranger's text, a browser does the step of work by itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.axe import findings
from vssid.domain.verification import limits
from vssid.domain.verification.proofs import Address
from vssid.web.citizen.tests.cast import LAN, PASSWORD, make_worker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def crowded(little_work: None) -> None:
    make_worker()
    for _ in range(limits.RULES["sign_in_address"].limit):
        limits.hit("sign_in_address", Address("127.0.0.1"), now=timezone.now())


def fill(page: Any, password: str) -> None:
    page.get_by_label("Mã số BHXH/Số ĐDCN/CCCD").fill(LAN)
    page.get_by_label("Mật khẩu", exact=True).fill(password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


@pytest.mark.usefixtures("crowded")
def test_behind_a_crowded_address_the_browser_does_the_step_and_without_a_worker_the_person(
    sight: Any,
) -> None:
    sight.goto("/dang-nhap")
    fill(sight, PASSWORD)  # the sixty-first worker of a factory types nothing twice
    expect(sight.get_by_role("heading", level=1, name="Nguyễn Thị Lan")).to_be_visible(timeout=60_000)

    sight.context.clear_cookies()
    sight.add_init_script("Object.defineProperty(globalThis, 'Worker', { value: undefined })")
    sight.goto("/dang-nhap")
    fill(sight, "x")
    expect(sight.get_by_label("Để xác nhận không phải máy tự động")).to_be_visible()
    assert findings(sight) == []


@pytest.fixture
def costly(settings: Any, little_work: None) -> None:
    settings.TEXT_WORK_BITS = 8
    make_worker()


@pytest.mark.usefixtures("costly")
def test_the_work_for_a_text_is_done_while_the_person_types(sight: Any) -> None:
    sight.add_init_script("Object.defineProperty(globalThis, 'crypto', { value: undefined })")
    sight.goto("/quen-mat-khau")
    sight.get_by_label("Mã số BHXH/Số ĐDCN/CCCD").fill(LAN)
    expect(sight.locator("[name=viec]")).not_to_have_value("", timeout=60_000)
    assert findings(sight) == []
    sight.get_by_role("button", name="Gửi mã đến điện thoại", exact=True).click()
    expect(sight.get_by_role("heading", level=1, name="Nhập mã để đặt lại mật khẩu")).to_be_visible()


@pytest.mark.usefixtures("costly")
def test_a_form_sent_before_the_work_is_done_goes_on_by_itself(sight: Any) -> None:
    sight.goto("/quen-mat-khau")
    sight.evaluate("document.querySelector('[name=thu-thach]').value = ''")
    sight.get_by_label("Mã số BHXH/Số ĐDCN/CCCD").fill(LAN)
    sight.get_by_role("button", name="Gửi mã đến điện thoại", exact=True).click()
    expect(sight.get_by_role("heading", level=1, name="Nhập mã để đặt lại mật khẩu")).to_be_visible(
        timeout=60_000
    )
