"""Pages of the citizen door as other people find them: with nothing, with long names, refused, limited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.making.registrations import LAN as REGISTERED
from tests.making.registrations import make_person
from vssid.domain.accounts import actions
from vssid.kernel.calendar import local_day
from vssid.web.citizen.tests.cast import (
    BACH_DANG,
    LAN,
    PASSWORD,
    add_coverage,
    add_period,
    make_activating,
    make_citizen,
    sign_in,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIGNED_OUT = ("/", "/dang-nhap", "/quen-mat-khau", "/da-dang-xuat", "/dang-xuat")
SIGNED_IN = (
    "/",
    "/ca-nhan",
    "/the",
    "/the/ma",
    "/the/hinh-anh",
    "/qua-trinh",
    "/qua-trinh/bhtn",
    "/qua-trinh/tnld",
    "/qua-trinh/bhyt",
    "/qua-trinh/bhxh/1",
    "/qua-trinh/bhyt/1",
    "/thiet-bi",
    "/doi-mat-khau",
)
LONG_NAME = "Công Tằng Tôn Nữ Nguyễn Thị Phương Hoàng Bảo Quỳnh Anh"
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def enter(page: Any, person_id: int) -> None:
    """Sign in without the form, as its own tests do that."""
    code = actions.Account.objects.get(person_id=person_id).login
    token = actions.sign_in(
        code, PASSWORD, kind="citizen", address="127.0.0.1", device="Chrome · Android", now=timezone.now()
    ).token
    page.context.add_cookies([{"name": "vssid-session", "value": token, "url": page.url_base}])


def look(page: Any, path: str) -> None:
    """Open the page; it must fit the phone and please axe."""
    page.goto(path)
    assert findings(page) == [], path
    assert page.evaluate(TOO_WIDE) <= 0, f"{path} is wider than the screen"


@pytest.fixture
def device(sight: Any, live_server: Any) -> Any:
    sight.url_base = live_server.url
    return sight


def test_pages_of_a_person_with_nothing_are_accessible(device):
    person_id = make_person(replace(REGISTERED, bhxh_code=LAN))
    enter(device, make_citizen(person_id=person_id))
    for path in ("/", "/the", "/the/ma", "/qua-trinh", "/qua-trinh/bhyt"):
        look(device, path)


def test_long_names_and_forty_years_fit_the_phone(device):
    person_id = make_person(replace(REGISTERED, bhxh_code=LAN, full_name=LONG_NAME))
    make_citizen(person_id=person_id)
    for year in range(1985, 2025):
        add_period(person_id, date(year, 1, 1), date(year, 11, 1), BACH_DANG)
    today = local_day(timezone.now())
    add_coverage(person_id, today - timedelta(days=200), today + timedelta(days=9), auto_renews=False)
    enter(device, person_id)
    for path in ("/", "/the", "/the/ma", "/the/hinh-anh", "/qua-trinh", "/qua-trinh/bhxh/40"):
        look(device, path)


def test_refused_forms_are_accessible_and_lead_to_the_field(device):
    device.goto("/dang-nhap")
    device.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(device.locator(".summary")).to_be_focused()
    assert findings(device) == []
    device.get_by_role("link", name="Hãy nhập mật khẩu.").click()
    expect(device.get_by_label("Mật khẩu", exact=True)).to_be_focused()


def test_the_limit_page_is_accessible(device):
    make_citizen()
    for _ in range(5):
        assert sign_in(Client(REMOTE_ADDR="127.0.0.1"), password="khong phai").status_code == 422
    device.goto("/dang-nhap")
    device.get_by_label("Mã số BHXH/Số ĐDCN/CCCD").fill(LAN)
    device.get_by_label("Mật khẩu", exact=True).fill("khong phai")
    device.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(device.get_by_role("heading", level=1)).to_contain_text("Hãy thử lại sau")
    assert findings(device) == []


def test_the_first_password_page_ticks_the_rules_while_typing(device):
    _, activation = make_activating()
    device.goto("/dang-nhap")
    device.get_by_label("Mã số BHXH/Số ĐDCN/CCCD").fill(LAN)
    device.get_by_label("Mật khẩu", exact=True).fill(activation.lower())
    device.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(device.get_by_role("heading", level=1)).to_have_text("Đặt mật khẩu của riêng bạn")
    assert findings(device) == []
    new = device.get_by_label("Mật khẩu mới", exact=True)
    new.fill("matkhau1")
    expect(device.locator("[data-rule=common]")).to_have_class("broken")
    new.fill(PASSWORD)
    expect(device.locator("[data-rule=length]")).to_have_class("kept")
    expect(device.locator("[data-strength]")).to_have_text("Rất khó đoán")
    device.locator("[data-eye=id_new]").click()
    expect(new).to_have_attribute("type", "text")
    device.get_by_label("Nhập lại mật khẩu mới").fill(PASSWORD)
    device.get_by_role("button", name="Lưu mật khẩu và vào ứng dụng").click()
    expect(device.get_by_role("heading", level=1)).to_have_text("Nguyễn Thị Lan")
