"""A message from a person to the office and back, in a real browser; the officer uses the keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.making.registrations import make_office, make_officer_account
from tests.making.sms import last_code
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.support.models import Ticket
from vssid.web.ui import cookies

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def enter(page: Any, person_id: int) -> None:
    token = sessions.start(person_id, device="Chrome", proved_at=timezone.now(), now=timezone.now())
    page.context.add_cookies([{"name": cookies.SESSION, "value": token, "domain": "localhost", "path": "/"}])


def test_a_stranger_asks_an_officer_answers_by_keyboard_and_the_stranger_reads(sight, chromium, live_server):
    make_office()
    sight.goto("/tro-giup")
    sight.get_by_role("link", name="Gửi phản ánh, kiến nghị").click()
    sight.get_by_label("Họ và tên").fill("Nguyễn Thị Lan")
    sight.get_by_label("Số điện thoại").fill("0912 345 678")
    sight.get_by_label("Bạn cần hỏi về việc gì?").select_option("card")
    sight.get_by_label("Gửi đến cơ quan BHXH").select_option("03101")
    sight.get_by_label("Nội dung").fill("Thẻ của tôi hết hạn khi nào?")
    sight.get_by_role("button", name="Tiếp tục và nhận mã").click()
    sight.wait_for_url("**/tin-nhan/ma")
    ticket = Ticket.objects.get()
    sight.locator("[name=code]").fill(last_code(ticket.id))
    sight.get_by_role("button", name="Xác nhận và gửi").click()
    expect(sight.get_by_role("heading", level=1)).to_contain_text("TN-")

    desk = chromium.new_context(
        base_url=live_server.url, service_workers="block", reduced_motion="reduce"
    ).new_page()
    enter(desk, make_officer_account())
    desk.goto("/can-bo/tin-nhan")
    desk.keyboard.press("n")
    desk.wait_for_url(f"**/tin-nhan/{ticket.id}")
    desk.keyboard.press("1")
    expect(desk.get_by_role("status")).to_contain_text(["Đã nhận"])
    desk.keyboard.press("v")
    expect(desk.locator("#id_text")).to_be_focused()
    desk.keyboard.type("Thẻ dùng đến 31/12/2026.")
    desk.get_by_role("button", name="Gửi trả lời").click()
    desk.wait_for_url("**?xong=tra-loi")
    expect(desk.locator("[data-part=thread]")).to_contain_text("Thẻ dùng đến 31/12/2026.")
    desk.keyboard.press("c")
    expect(desk.get_by_label("Cơ quan nhận")).to_be_visible()
    desk.context.close()

    sight.reload()
    expect(sight.get_by_text("Thẻ dùng đến 31/12/2026.")).to_be_visible()
    sight.get_by_role("button", name="Đã xong, đóng phản ánh").click()
    expect(sight.get_by_text("Đã đóng", exact=True)).to_be_visible()
