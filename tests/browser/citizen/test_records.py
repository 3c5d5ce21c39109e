"""The statement from the person's phone to the desk of who receives it; an illness behind a tap; own data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.axe import findings
from vssid.domain.accounts import actions as accounts
from vssid.web.citizen.tests import cast, records

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lan(sight: Any, live_server: Any) -> Any:
    """Lan's phone, signed in, with a record of every kind."""
    records.make_records(cast.make_worker())
    signed_in = accounts.sign_in(
        cast.LAN, cast.PASSWORD, kind="citizen", address="127.0.0.1", device="", now=timezone.now()
    )
    sight.context.add_cookies([{"name": "vssid-session", "value": signed_in.token, "url": live_server.url}])
    return sight


def test_the_own_data_and_a_statement_come_as_files_and_the_statement_is_recognised(lan: Any, tmp_path: Path):
    lan.goto("/du-lieu-cua-toi")
    with lan.expect_download() as download:
        lan.get_by_role("button", name="Tải bản cho máy đọc (JSON)").click()
    file = tmp_path / "data.json"
    download.value.save_as(file)
    assert json.loads(file.read_text(encoding="utf-8"))["person"]["bhxh_code"] == cast.LAN

    lan.goto("/qua-trinh/c14-ts")
    with lan.expect_download() as download:
        lan.get_by_role("button", name="Tải bản có chữ ký số").click()
    file = tmp_path / "c14.pdf"
    download.value.save_as(file)
    lan.context.clear_cookies()
    a_wrong_code_comes_back_with_what_to_correct(lan)
    lan.goto("/kiem-tra")
    lan.get_by_label("Tệp PDF đã nhận").set_input_files(file)
    lan.get_by_role("button", name="Kiểm tra chữ ký của tệp").click()
    expect(lan.get_by_text("Tệp đúng là bản chúng tôi đã ký")).to_be_visible()
    assert findings(lan) == []


def a_wrong_code_comes_back_with_what_to_correct(page: Any) -> None:
    page.goto("/kiem-tra")
    page.get_by_label("Mã kiểm tra").fill("7k2m 04qx 9tre")
    page.get_by_label("4 số cuối của mã số BHXH").fill("12")
    page.get_by_role("button", name="Kiểm tra mã").click()
    expect(page.locator(".summary")).to_contain_text("đúng 4 chữ số")
    assert page.get_by_label("Mã kiểm tra").input_value() == "7k2m 04qx 9tre"
    assert findings(page) == []


def test_the_illness_shows_on_a_tap_without_scripts(lan: Any, chromium: Any, live_server: Any):
    without = chromium.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=lan.context.storage_state()
    )
    page = without.new_page()
    page.goto("/so-kham-chua-benh")
    expect(page.get_by_text("Viêm phổi")).to_be_hidden()
    page.get_by_text("Bấm để xem").click()
    expect(page.get_by_text("Viêm phổi")).to_be_visible()
    without.close()
