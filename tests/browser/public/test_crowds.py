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
def crowded() -> None:
    make_worker()
    for _ in range(limits.RULES["sign_in_address"].limit):
        limits.hit("sign_in_address", Address("127.0.0.1"), now=timezone.now())


def fill(page: Any, password: str) -> None:
    page.get_by_label("Mã số BHXH/Số ĐDCN/CCCD").fill(LAN)
    page.get_by_label("Mật khẩu", exact=True).fill(password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


@pytest.mark.usefixtures("crowded")
def test_the_sixty_first_worker_of_a_factory_signs_in_without_typing_anything_twice(phone: Any) -> None:
    phone.goto("/dang-nhap")
    fill(phone, PASSWORD)
    expect(phone.get_by_role("heading", level=1, name="Nguyễn Thị Lan")).to_be_visible(timeout=60_000)


@pytest.mark.usefixtures("crowded")
def test_without_a_worker_a_person_does_a_sum_on_a_page_that_pleases_axe(phone: Any) -> None:
    phone.add_init_script("Object.defineProperty(globalThis, 'Worker', { value: undefined })")
    phone.goto("/dang-nhap")
    fill(phone, "x")
    expect(phone.get_by_label("Để xác nhận không phải máy tự động")).to_be_visible()
    assert findings(phone) == []


@pytest.fixture
def costly(settings: Any) -> None:
    settings.TEXT_WORK_BITS = 15
    make_worker()


@pytest.mark.usefixtures("costly")
def test_the_work_for_a_text_is_done_while_the_person_types(phone: Any) -> None:
    phone.add_init_script("Object.defineProperty(globalThis, 'crypto', { value: undefined })")
    phone.goto("/quen-mat-khau")
    phone.get_by_label("Mã số BHXH/Số ĐDCN/CCCD").fill(LAN)
    expect(phone.locator("[name=viec]")).not_to_have_value("", timeout=60_000)
    assert findings(phone) == []
    phone.get_by_role("button", name="Gửi mã đến điện thoại", exact=True).click()
    expect(phone.get_by_role("heading", level=1, name="Nhập mã để đặt lại mật khẩu")).to_be_visible()


@pytest.mark.usefixtures("costly")
def test_a_form_sent_before_the_work_is_done_goes_on_by_itself(phone: Any) -> None:
    phone.goto("/quen-mat-khau")
    phone.evaluate("document.querySelector('[name=thu-thach]').value = ''")
    phone.get_by_label("Mã số BHXH/Số ĐDCN/CCCD").fill(LAN)
    phone.get_by_role("button", name="Gửi mã đến điện thoại", exact=True).click()
    expect(phone.get_by_role("heading", level=1, name="Nhập mã để đặt lại mật khẩu")).to_be_visible(
        timeout=60_000
    )
